// A server's session acted out over a TCP connection, in real time.
#pragma once

#include "base/asio.hpp"
#include "world/server_session.hpp"
#include "world/server_tls.hpp"

#include <memory>

namespace leadverify::world {

/// Goes on until both sides have closed, and keeps itself as long; so long `tls` is needed too.
void converse(asio::ip::tcp::socket socket, std::unique_ptr<ServerSession> session, ServerTls& tls);

}  // namespace leadverify::world
