package io.depthcast.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Passes TCP connections on to a port, and cuts all of them when it is told to. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int targetPort;
    private final List<Socket> sockets = new ArrayList<>();

    CuttingProxy(int targetPort) throws IOException {
        this.targetPort = targetPort;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Resets every connection there is. */
    void cut() {
        synchronized (sockets) {
            sockets.forEach(CuttingProxy::reset);
            sockets.clear();
        }
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (SocketException closedMeanwhile) {
            // Which is as well.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
                synchronized (sockets) {
                    sockets.add(client);
                    sockets.add(target);
                }
                daemon(() -> pass(client, target));
                daemon(() -> pass(target, client));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private static void pass(Socket from, Socket to) {
        byte[] block = new byte[8_192];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                to.getOutputStream().write(block, 0, count);
            }
            to.close();
        } catch (IOException cut) {
            reset(to);
        }
    }

    private static void daemon(Runnable action) {
        Thread thread = new Thread(action, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
