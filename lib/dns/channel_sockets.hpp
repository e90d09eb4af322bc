// The system calls that a DNS channel's sockets are made of, and what they have failed with.
//
// c-ares says of a server that it "could not be contacted", and means as well that this host had
// no descriptor or no buffer to spare. So it is lent these calls instead of its own.
#pragma once

#include <ares.h>

namespace leadverify {

/// What the calls of one channel failed with. Outlives the channel.
struct ChannelSockets {
  int failure = 0;  // errno of the last one; whoever wants to know sets it to 0 before

  /// Has `channel` use these calls. REQUIRES: it has no sockets yet.
  void lend_to(ares_channel channel);
};

}  // namespace leadverify
