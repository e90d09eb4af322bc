#include "address/unsafe_character.hpp"

#include "base/utf8.hpp"

#include <unictype.h>

namespace leadverify {
namespace {

constexpr char32_t zero_width_non_joiner = 0x200C;
constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t text_style = 0xFE0E;
constexpr char32_t emoji_style = 0xFE0F;
constexpr char32_t fullwidth_at = 0xFF20;
constexpr char32_t small_at = 0xFE6B;

/// A place in a text, looked at from there to both sides; 0 stands beyond either end.
class Surroundings {
 public:
  Surroundings(std::string_view text, std::size_t offset, std::size_t length)
      : before_(text.substr(0, offset)), after_(text.substr(offset + length)) {}

  char32_t take_before() {
    if (before_.empty()) return 0;
    const std::size_t start = start_of_character(before_, before_.size() - 1);
    const FirstCharacter character = first_character(before_.substr(start));
    before_.remove_suffix(before_.size() - start);
    return character.code_point.value_or(0);
  }

  char32_t take_after() {
    if (after_.empty()) return 0;
    const FirstCharacter character = first_character(after_);
    after_.remove_prefix(character.length);
    return character.code_point.value_or(0);
  }

 private:
  std::string_view before_;
  std::string_view after_;
};

bool is_emoji(char32_t code_point) {
  return code_point >= 0x80 && uc_is_property_emoji(code_point);
}

/// RFC 5892 appendix A.1, second rule: between letters that would join.
bool parts_joining_letters(Surroundings around) {
  const auto is_transparent = [](char32_t c) { return uc_joining_type(c) == UC_JOINING_TYPE_T; };
  char32_t before = around.take_before();
  while (is_transparent(before)) before = around.take_before();
  char32_t after = around.take_after();
  while (is_transparent(after)) after = around.take_after();

  const int left = uc_joining_type(before);
  const int right = uc_joining_type(after);
  return (left == UC_JOINING_TYPE_L || left == UC_JOINING_TYPE_D) &&
         (right == UC_JOINING_TYPE_R || right == UC_JOINING_TYPE_D);
}

/// Does an invisible character do here what it was made for: shape letters as a language needs
/// it (RFC 5892 appendix A.1, A.2), or an emoji?
bool serves(char32_t code_point, Surroundings around) {
  const char32_t before = Surroundings(around).take_before();
  const char32_t after = Surroundings(around).take_after();
  switch (code_point) {
    case zero_width_non_joiner:
      return uc_combining_class(before) == UC_CCC_VR || parts_joining_letters(around);
    case zero_width_joiner:
      return uc_combining_class(before) == UC_CCC_VR ||
             ((is_emoji(before) || before == emoji_style) && is_emoji(after));
    case text_style:
    case emoji_style: return is_emoji(before);
    default: return false;
  }
}

/// Is there something before the character that a mark can be put on?
bool follows_a_base(Surroundings around) {
  const char32_t before = around.take_before();
  return before != 0 && before != U'.' && before != U'"' && before != U' ';
}

}  // namespace

std::optional<std::string> unsafe_character(std::string_view text,
                                            std::size_t offset,
                                            LocalPartForm form) {
  const FirstCharacter character = first_character(text.substr(offset));
  const char32_t c = character.code_point.value_or(0);
  const std::string name = code_point_name(c);
  const Surroundings around(text, offset, character.length);

  if (c == fullwidth_at || c == small_at) {
    return "an @ of another width (" + name + "): type a plain one";
  }
  if (is_bidi_control(c)) {
    return "a character that turns the direction of writing (" + name +
           ") is not safe in an address";
  }
  if (uc_is_property_default_ignorable_code_point(c) && !serves(c, around)) {
    return "an invisible character (" + name + ") in the local part";
  }
  if (c == zero_width_joiner || c == zero_width_non_joiner) return std::nullopt;

  const auto is = [&](uc_general_category_t other) { return uc_is_general_category(c, other); };
  if (is(UC_CATEGORY_Cc)) return "a control character (" + name + ") can't be part of an address";
  if (is(UC_CATEGORY_Cf)) return "a formatting character (" + name + ") in the local part";
  if (is(UC_CATEGORY_Cn)) return name + " is no character that Unicode has assigned";
  if (is(UC_CATEGORY_Co)) return "a private-use character (" + name + ") means nothing to others";
  if (is(UC_CATEGORY_Zl) || is(UC_CATEGORY_Zp)) {
    return "a line separator (" + name + ") in the local part";
  }
  if (is(UC_CATEGORY_Zs) && form == LocalPartForm::dot_string) {
    return "white space (" + name + ") in the local part";
  }
  if (is(UC_CATEGORY_M) && !follows_a_base(around)) {
    return "a combining mark (" + name + ") with no letter before it";
  }
  return std::nullopt;
}

}  // namespace leadverify
