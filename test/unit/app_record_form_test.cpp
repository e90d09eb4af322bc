#include "app/output/record_form.hpp"
#include "support/results.hpp"

#include <catch2/catch.hpp>

namespace leadverify::app {
namespace {

TEST_CASE("a CSV file has a header once", "[app][format]") {
  Settings settings;
  settings.format = RecordFormat::csv;
  RecordForm form(settings);

  CHECK(form.header(accepted_result())->starts_with("type,line,input,"));
  CHECK(form.line(accepted_result()).starts_with("result,17,"));
  CHECK_FALSE(form.header(accepted_result()));
  CHECK_FALSE(form.header());
}

TEST_CASE("a CSV file without records has its header", "[app][format]") {
  Settings settings;
  settings.format = RecordFormat::csv;
  settings.files = {"a.csv", "b.csv"};
  settings.dialect.keep.columns = {"name"};
  RecordForm form(settings);

  CHECK(form.header()->starts_with("name,type,line,file,input,"));
}

TEST_CASE("the first row tells what the columns of a CSV file are called", "[app][format]") {
  Settings settings;
  settings.format = RecordFormat::csv;
  settings.dialect.keep.all = true;
  RecordForm form(settings);
  Result result = accepted_result();
  result.input.row = make_row({"Name", "Id"}, {{"Jane"}, {"1"}});

  CHECK(form.header(result)->starts_with("Name,Id,type,"));
  CHECK(form.line(result).starts_with("Jane,1,result,"));
}

TEST_CASE("JSON lines have no header", "[app][format]") {
  Settings settings;
  settings.format = GENERATE(RecordFormat::jsonl, RecordFormat::reacher);
  RecordForm form(settings);

  CHECK_FALSE(form.header(accepted_result()));
  CHECK_FALSE(form.header());
  CHECK(form.line(accepted_result()).starts_with("{"));
}

}  // namespace
}  // namespace leadverify::app
