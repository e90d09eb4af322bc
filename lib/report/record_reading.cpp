#include <leadverify/record_reading.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

namespace leadverify {
namespace {

using Json = nlohmann::json;

// Those that the system clock's nanoseconds can tell, in whole years.
constexpr int earliest_year = 1678;
constexpr int latest_year = 2261;

/// The member of `Enum`, whose last one is `last`, that is written as `word`.
template <class Enum>
std::optional<Enum> read_word(std::string_view word, Enum last) {
  for (int number = 0; number <= static_cast<int>(last); ++number) {
    const auto candidate = static_cast<Enum>(number);
    if (to_string(candidate) == word) return candidate;
  }
  return std::nullopt;
}

/// The number that `text` is, from 0 to `most`.
std::optional<int> read_digits(std::string_view text, int most) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc{} || parsed.ptr != end || number < 0 || number > most) {
    return std::nullopt;
  }
  return number;
}

/// "2026-01-18T09:30:00Z", as json_line() writes it.
std::optional<std::chrono::system_clock::time_point> read_time(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00Z";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t at = 0; at < shape.size(); ++at) {
    const bool is_digit = text[at] >= '0' && text[at] <= '9';
    if (shape[at] == '0' ? !is_digit : text[at] != shape[at]) return std::nullopt;
  }
  const auto part = [&](std::size_t at, std::size_t length, int most) {
    return read_digits(text.substr(at, length), most);
  };
  const auto year = part(0, 4, latest_year);
  const auto hour = part(11, 2, 23);
  const auto minute = part(14, 2, 59);
  const auto second = part(17, 2, 60);
  if (!year || *year < earliest_year || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*part(5, 2, 99))),
                                         std::chrono::day(static_cast<unsigned>(*part(8, 2, 99))));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

/// Reads into a member of a Result what one key of the record says; false where it can't be
/// that.
class Value {
 public:
  enum class Kind : std::uint8_t { null, boolean, number, text };

  Kind kind = Kind::null;
  bool boolean = false;
  std::uint64_t number = 0;
  std::string* text = nullptr;

  bool into(std::uint64_t& member) const {
    member = number;
    return kind == Kind::number;
  }
  bool into(int& member) const {
    if (kind != Kind::number || number > std::numeric_limits<int>::max()) return false;
    member = static_cast<int>(number);
    return true;
  }
  bool into(std::chrono::milliseconds& member) const {
    member = std::chrono::milliseconds(static_cast<std::int64_t>(number));
    return kind == Kind::number && member.count() >= 0;
  }
  bool into(bool& member) const {
    member = boolean;
    return kind == Kind::boolean;
  }
  bool into(std::string& member) const {
    if (kind != Kind::text) return false;
    member = std::move(*text);
    return true;
  }
  bool into(Status& member) const { return read(member, read_word(word(), Status::unknown)); }
  bool into(Reason& member) const {
    return read(member, read_word(word(), Reason::internal_error));
  }
  bool into(Confidence& member) const { return read(member, read_word(word(), Confidence::low)); }
  bool into(Stage& member) const { return read(member, read_word(word(), Stage::rcpt)); }
  bool into(EnhancedStatus& member) const { return read(member, parse_enhanced_status(word())); }
  bool into(std::chrono::system_clock::time_point& member) const {
    return read(member, read_time(word()));
  }
  template <class T>
  bool into(std::optional<T>& member) const {
    member.reset();
    return kind == Kind::null || into(member.emplace());
  }

 private:
  std::string_view word() const { return text ? std::string_view(*text) : std::string_view(); }

  template <class T>
  static bool read(T& member, const std::optional<T>& found) {
    if (found) member = *found;
    return found.has_value();
  }
};

struct Field {
  std::string_view key;
  bool (*read)(Result& result, const Value& value);
  bool is_needed = false;  // there is no record without it
};

constexpr std::array fields = {
    Field{"line",
          [](Result& r, const Value& v) { return v.into(r.input.line) && r.input.line > 0; },
          true},
    Field{"file", [](Result& r, const Value& v) { return v.into(r.input.file); }},
    Field{"input", [](Result& r, const Value& v) { return v.into(r.input.text); }, true},
    Field{"email", [](Result& r, const Value& v) { return v.into(r.email); }, true},
    Field{"domain", [](Result& r, const Value& v) { return v.into(r.domain); }},
    Field{"status", [](Result& r, const Value& v) { return v.into(r.status); }, true},
    Field{"reason", [](Result& r, const Value& v) { return v.into(r.reason); }, true},
    Field{"confidence", [](Result& r, const Value& v) { return v.into(r.confidence); }},
    Field{"catch_all", [](Result& r, const Value& v) { return v.into(r.catch_all); }},
    Field{"greylist", [](Result& r, const Value& v) { return v.into(r.greylist); }},
    Field{"code", [](Result& r, const Value& v) { return v.into(r.code) && r.code < 1000; }},
    Field{"enhanced", [](Result& r, const Value& v) { return v.into(r.enhanced); }},
    Field{"message", [](Result& r, const Value& v) { return v.into(r.message); }},
    Field{"error", [](Result& r, const Value& v) { return v.into(r.error); }},
    Field{"mx", [](Result& r, const Value& v) { return v.into(r.mx); }},
    Field{"mx_ip", [](Result& r, const Value& v) { return v.into(r.mx_ip); }},
    Field{"provider", [](Result& r, const Value& v) { return v.into(r.provider); }},
    Field{"stage", [](Result& r, const Value& v) { return v.into(r.stage); }},
    Field{"attempts", [](Result& r, const Value& v) { return v.into(r.attempts); }},
    Field{"duplicate_of", [](Result& r, const Value& v) { return v.into(r.duplicate_of); }},
    Field{"did_you_mean", [](Result& r, const Value& v) { return v.into(r.did_you_mean); }},
    Field{"role", [](Result& r, const Value& v) { return v.into(r.role); }},
    Field{"disposable", [](Result& r, const Value& v) { return v.into(r.disposable); }},
    Field{"free", [](Result& r, const Value& v) { return v.into(r.free); }},
    Field{"elapsed_ms", [](Result& r, const Value& v) { return v.into(r.elapsed); }},
    Field{"checked_at", [](Result& r, const Value& v) { return v.into(r.checked_at); }},
};

/// What the parser says of a line, piece by piece; the names are those that it asks for.
class LineReader {
 public:
  explicit LineReader(std::string_view line) {
    is_object_ = Json::sax_parse(line.begin(), line.end(), this);
  }

  /// Is it one whole object whose "type" is `type`?
  bool is(std::string_view type) const { return is_object_ && type_ == type; }
  /// Does it have the values that a result needs, and none that a result can't have?
  bool is_result() const {
    return is("result") && fits_ && std::ranges::all_of(fields, [this](const Field& field) {
             return !field.is_needed || found_[static_cast<std::size_t>(&field - fields.data())];
           });
  }
  Result& result() { return result_; }

  bool null() { return take(Value{}); }
  bool boolean(bool value) { return take({.kind = Value::Kind::boolean, .boolean = value}); }
  bool number_unsigned(std::uint64_t value) {
    return take({.kind = Value::Kind::number, .number = value});
  }
  bool string(std::string& value) { return take({.kind = Value::Kind::text, .text = &value}); }
  // No member of a Result is one of these.
  bool number_integer(std::int64_t) { return pass_over(); }
  bool number_float(double, const std::string&) { return pass_over(); }
  bool binary(Json::binary_t&) { return pass_over(); }
  bool start_array(std::size_t) { return pass_over() && ++depth_ > 0; }
  bool end_array() { return --depth_ > 0; }
  bool start_object(std::size_t) { return (depth_ == 0 || pass_over()) && ++depth_ > 0; }
  bool end_object() { return --depth_ >= 0; }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

  bool key(std::string& name) {
    if (depth_ != 1) return true;
    // Keys come in the order of the table, most often.
    auto field = fields.begin() + next_;
    if (field == fields.end() || field->key != name) {
      field = std::ranges::find(fields, name, &Field::key);
    }
    is_type_ = name == "type";
    field_ = field == fields.end() ? nullptr : &*field;
    if (field_) next_ = field - fields.begin() + 1;
    return true;
  }

 private:
  bool take(const Value& value) {
    if (depth_ != 1) return depth_ > 0;
    if (is_type_) return value.into(type_);
    if (!field_) return true;
    found_[static_cast<std::size_t>(field_ - fields.data())] = true;
    fits_ = field_->read(result_, value) && fits_;
    return true;
  }

  bool pass_over() {
    if (depth_ == 1 && (field_ || is_type_)) fits_ = false;
    return depth_ > 0;
  }

  Result result_;
  std::string type_;
  std::array<bool, fields.size()> found_{};
  const Field* field_ = nullptr;  // whose value comes next; nullptr: nobody's
  std::ptrdiff_t next_ = 0;       // the field that is likely to come after it
  bool is_type_ = false;          // the value that comes next is the line's type
  bool fits_ = true;
  int depth_ = 0;
  bool is_object_ = false;
};

}  // namespace

std::optional<Result> read_result(std::string_view line) {
  LineReader reader(line);
  if (!reader.is_result()) return std::nullopt;
  return std::move(reader.result());
}

bool is_summary(std::string_view line) {
  return LineReader(line).is("summary");
}

}  // namespace leadverify
