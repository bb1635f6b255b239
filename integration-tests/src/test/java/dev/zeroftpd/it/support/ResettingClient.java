package dev.zeroftpd.it.support;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** A program that connects and resets each connection at once: its arguments are its address, the server's, a port, a number. */
final class ResettingClient {

    private ResettingClient() {}

    public static void main(String[] args) throws IOException {
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            try (SocketChannel channel = SocketChannel.open()) {
                channel.bind(new InetSocketAddress(args[0], 0));
                channel.setOption(StandardSocketOptions.SO_LINGER, 0); // closing sends a reset
                channel.connect(new InetSocketAddress(args[1], Integer.parseInt(args[2])));
            }
        }
    }
}
