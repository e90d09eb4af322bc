// read_script: lines become blocks, and blocks names and servers.
#include "world/directives.hpp"
#include "world/script.hpp"
#include "world/series.hpp"
#include "world/words.hpp"

#include <utility>

namespace leadverify::world {
namespace {

struct Line {
  std::size_t number = 0;
  std::string text;  // without comment and white space around it
};

/// A heading and the directives under it.
struct Block {
  Line heading;
  std::vector<Line> directives;
};

std::string_view without_comment(std::string_view line) {
  if (line.starts_with('#')) return {};
  for (const std::string_view mark : {" #", "\t#"}) line = line.substr(0, line.find(mark));
  return Words(line).rest();
}

class ScriptReader {
 public:
  Expected<Script, ScriptFault> read(std::string_view text) {
    if (auto fault = take_lines(text)) return Unexpected(*std::move(fault));
    for (const Block& block : blocks_) {
      if (auto fault = enter_series(block)) return Unexpected(*std::move(fault));
    }
    return std::move(script_);
  }

 private:
  using Fault = std::optional<ScriptFault>;

  static bool is_heading(std::string_view word) {
    return word == "domain" || word == "host" || word == "server" || word == "template";
  }

  Fault take_lines(std::string_view text) {
    for (std::size_t number = 1; !text.empty(); ++number) {
      const auto end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text = end == text.npos ? std::string_view{} : text.substr(end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      line = without_comment(line);
      if (line.empty()) continue;
      const std::string_view word = Words(line).peek();
      if (is_heading(word)) {
        blocks_.push_back({{number, std::string(line)}, {}});
      } else if (blocks_.empty()) {
        return ScriptFault{number,
                           quoted(word) + " stands before any domain, host, server or template"};
      } else {
        blocks_.back().directives.push_back({number, std::string(line)});
      }
    }
    return std::nullopt;
  }

  Fault enter_series(const Block& block) {
    const auto series = find_series(block.heading.text);
    if (!series) return enter(block);
    for (std::uint32_t number = series->first; number <= series->last; ++number) {
      Block one = block;
      one.heading.text = with_number(one.heading.text, number);
      for (Line& line : one.directives) {
        // `{1-60}` inside a block is that line's own series.
        line.text = repeat_number(std::move(line.text), number);
      }
      if (auto fault = enter(one)) return fault;
    }
    return std::nullopt;
  }

  Fault enter(const Block& block) {
    Words words(block.heading.text);
    const std::string_view kind = words.take();
    const auto complain = [&](std::string what) {
      return ScriptFault{block.heading.number, std::move(what)};
    };
    if (words.empty()) return complain("a " + std::string(kind) + " needs a name");
    if (kind == "template") return keep_template(words.take(), block.directives);
    if (kind == "domain") return enter_domains(block, words);

    const std::string name = without_dot(words.take());
    Subject subject{script_.names[name], nullptr};
    std::vector<IpAddress> addresses;
    if (const auto complaint = read_addresses(words, addresses)) return complain(*complaint);
    auto& known = subject.name.addresses;
    known.insert(known.end(), addresses.begin(), addresses.end());
    if (kind == "host") return follow_all(block.directives, subject);

    Server server;
    server.name = name;
    server.addresses = std::move(addresses);
    subject.server = &server;
    if (const auto usual = templates_.find("default"); usual != templates_.end()) {
      if (auto fault = follow_all(usual->second, subject)) return fault;
    }
    if (auto fault = follow_all(block.directives, subject)) return fault;
    script_.servers.push_back(std::move(server));
    return std::nullopt;
  }

  /// Templates are kept with those they are like already in place, so none can lead to itself.
  Fault keep_template(std::string_view name, const std::vector<Line>& directives) {
    std::vector<Line> lines;
    for (const Line& line : directives) {
      Words words(line.text);
      if (words.take() != "like") {
        lines.push_back(line);
        continue;
      }
      const auto found = templates_.find(words.rest());
      if (found == templates_.end()) return no_template(line, words.rest());
      lines.insert(lines.end(), found->second.begin(), found->second.end());
    }
    templates_[std::string(name)] = std::move(lines);
    return std::nullopt;
  }

  static ScriptFault no_template(const Line& line, std::string_view name) {
    return {line.number, "there is no template " + quoted(name) + " above"};
  }

  Fault enter_domains(const Block& block, Words names) {
    while (!names.empty()) {
      const Subject subject{script_.names[without_dot(names.take())], nullptr};
      if (auto fault = follow_all(block.directives, subject)) return fault;
    }
    return std::nullopt;
  }

  Fault follow_all(const std::vector<Line>& lines, const Subject& subject) {
    for (const Line& line : lines) {
      if (auto fault = follow(line, subject)) return fault;
    }
    return std::nullopt;
  }

  Fault follow(const Line& line, const Subject& subject) {
    Words words(line.text);
    const std::string_view word = words.take();
    if (word == "like") {
      const auto found = templates_.find(words.rest());
      if (found == templates_.end()) return no_template(line, words.rest());
      return follow_all(found->second, subject);
    }
    if (auto complaint = follow_directive(line.text, subject)) {
      return ScriptFault{line.number, *std::move(complaint)};
    }
    return std::nullopt;
  }

  std::vector<Block> blocks_;
  std::map<std::string, std::vector<Line>, std::less<>> templates_;
  Script script_;
};

}  // namespace

Expected<Script, ScriptFault> read_script(std::string_view text) {
  return ScriptReader().read(text);
}

}  // namespace leadverify::world
