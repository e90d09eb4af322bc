#include "app/reference/argument_form.hpp"

#include <algorithm>

namespace leadverify::app {
namespace {

bool is_word(std::string_view form) {
  return std::ranges::all_of(form, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
  });
}

bool has(const std::vector<std::string_view>& forms, std::string_view begin) {
  return std::ranges::any_of(forms, [&](std::string_view form) { return form.starts_with(begin); });
}

}  // namespace

bool ArgumentForm::is_file() const {
  return has(others, "FILE");
}

bool ArgumentForm::is_folder() const {
  return has(others, "DIR");
}

ArgumentForm argument_form(std::string_view argument) {
  ArgumentForm form;
  while (!argument.empty()) {
    const std::string_view one = argument.substr(0, argument.find('|'));
    (is_word(one) ? form.words : form.others).push_back(one);
    argument.remove_prefix(std::min(one.size() + 1, argument.size()));
  }
  return form;
}

std::string words_of(const ArgumentForm& form) {
  std::string words;
  for (const std::string_view word : form.words) {
    words += (words.empty() ? "" : " ") + std::string(word);
  }
  return words;
}

std::string_view in_short(const OptionEntry& entry) {
  const std::string_view text = entry.text;
  return text.substr(0, std::min({text.find("; "), text.find(". "), text.size()}));
}

std::string escaped(std::string_view text, std::string_view special, std::string_view escape) {
  std::string safe;
  for (const char letter : text) {
    if (special.find(letter) != std::string_view::npos) safe += escape;
    safe += letter;
  }
  return safe;
}

}  // namespace leadverify::app
