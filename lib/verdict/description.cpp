#include "verdict/description.hpp"

#include <string_view>

namespace leadverify {
namespace {

bool takes_no_mail(Reason reason) {
  return reason == Reason::domain_not_found || reason == Reason::no_mail_server ||
         reason == Reason::null_mx;
}

}  // namespace

void describe(const Lists& lists, Result& result) {
  if (!result.domain) return;
  const std::string_view domain = *result.domain;
  const std::string_view local_part =
      std::string_view(result.email).substr(0, result.email.rfind('@'));

  result.role = lists.is_role(local_part);
  result.disposable = lists.is_disposable(domain);
  result.free = lists.is_free(domain);
  result.did_you_mean = lists.known_slip(domain);
  if (!result.did_you_mean && takes_no_mail(result.reason)) {
    result.did_you_mean = lists.nearest(domain);
  }
}

}  // namespace leadverify
