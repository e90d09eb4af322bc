#include "app/input/dialect.hpp"

#include <algorithm>

namespace leadverify::app {

InputFormat format_of(std::string_view file, InputFormat asked) {
  if (asked != InputFormat::by_name) return asked;
  const std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return InputFormat::text;
  std::string extension(file.substr(dot));
  std::ranges::transform(extension, extension.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
  });
  if (extension == ".csv" || extension == ".tsv") return InputFormat::csv;
  if (extension == ".jsonl" || extension == ".ndjson") return InputFormat::jsonl;
  return InputFormat::text;
}

}  // namespace leadverify::app
