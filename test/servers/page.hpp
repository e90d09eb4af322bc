// docs/tested-against.md, written from the table of cases.
#pragma once

#include <string>

namespace leadverify::servers {

std::string tested_against_page();

}  // namespace leadverify::servers
