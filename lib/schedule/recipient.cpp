#include "schedule/recipient.hpp"

#include <utility>

namespace leadverify {

Settlement settled_by_our_fault(Recipient recipient) {
  return {.recipient = std::move(recipient),
          .judgement = judge(Reason::internal_error),
          .finding = std::nullopt,
          .where = {},
          .stage = Stage::rcpt,
          .error = "a fault of this program's own"};
}

}  // namespace leadverify
