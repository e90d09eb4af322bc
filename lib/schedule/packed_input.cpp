#include "schedule/packed_input.hpp"

#include <cassert>
#include <cstdint>
#include <cstring>
#include <utility>

namespace leadverify {
namespace {

// What an input has beside its text, each a bit.
constexpr std::uint8_t has_file = 1;
constexpr std::uint8_t has_remark = 2;
constexpr std::uint8_t has_row = 4;
constexpr std::uint8_t has_names = 8;  // of the row's values

template <class Number>
void put_number(std::string& packed, Number number) {
  char octets[sizeof number];
  std::memcpy(octets, &number, sizeof number);
  packed.append(octets, sizeof number);
}

void put_text(std::string& packed, std::string_view text) {
  put_number(packed, static_cast<std::uint32_t>(text.size()));
  packed += text;
}

void put_row(std::string& packed, const Row& row) {
  put_number(packed, static_cast<std::uint32_t>(row.values.size()));
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    put_text(packed, (*row.names)[i]);
    put_text(packed, row.values[i].text);
    put_number(packed, static_cast<std::uint8_t>(row.values[i].is_json));
  }
}

template <class Number>
Number take_number(std::string_view& packed) {
  Number number = 0;
  std::memcpy(&number, packed.data(), sizeof number);
  packed.remove_prefix(sizeof number);
  return number;
}

std::string take_text(std::string_view& packed) {
  const auto length = take_number<std::uint32_t>(packed);
  std::string text(packed.substr(0, length));
  packed.remove_prefix(length);
  return text;
}

Row take_row(std::string_view& packed) {
  auto names = std::make_shared<std::vector<std::string>>();
  Row row;
  for (auto left = take_number<std::uint32_t>(packed); left > 0; --left) {
    names->push_back(take_text(packed));
    Row::Value value{.text = take_text(packed), .is_json = false};
    value.is_json = take_number<std::uint8_t>(packed) != 0;
    row.values.push_back(std::move(value));
  }
  row.names = std::move(names);
  return row;
}

std::uint8_t kinds_of(const Input& input) {
  unsigned kinds = 0;
  if (input.file) kinds |= has_file;
  if (input.remark) kinds |= has_remark;
  if (input.row) kinds |= has_row;
  if (input.row && input.row->names) kinds |= has_names;
  return static_cast<std::uint8_t>(kinds);
}

}  // namespace

void pack(const Input& input, std::string& packed) {
  assert(!input.is_broken);
  put_number(packed, kinds_of(input));
  put_number(packed, input.number);
  put_number(packed, input.line);
  put_text(packed, input.text);
  if (input.file) put_text(packed, *input.file);
  if (input.remark) put_text(packed, *input.remark);
  if (input.row && input.row->names) put_row(packed, *input.row);
}

Input unpack(std::string_view& packed) {
  const auto kinds = take_number<std::uint8_t>(packed);
  Input input;
  input.number = take_number<std::uint64_t>(packed);
  input.line = take_number<std::uint64_t>(packed);
  input.text = take_text(packed);
  if ((kinds & has_file) != 0) input.file = take_text(packed);
  if ((kinds & has_remark) != 0) input.remark = take_text(packed);
  if ((kinds & has_row) != 0) input.row.emplace();
  if ((kinds & has_names) != 0) input.row = take_row(packed);
  return input;
}

}  // namespace leadverify
