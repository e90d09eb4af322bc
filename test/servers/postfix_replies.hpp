// What Postfix says of the recipients that it knows and of those that it does not.
#pragma once

#include "servers/cases.hpp"

namespace leadverify::servers {

inline Expected accepted(const std::string& address) {
  return {.address = address,
          .verdict = "valid accepted high",
          .reply = "250 2.1.5 Ok",
          .catch_all = false};
}

inline Expected unlisted(const std::string& address) {
  return {.address = address,
          .verdict = "invalid user_unknown high",
          .reply = "550 5.1.1 <" + address +
                   ">: Recipient address rejected: User unknown in local recipient table"};
}

}  // namespace leadverify::servers
