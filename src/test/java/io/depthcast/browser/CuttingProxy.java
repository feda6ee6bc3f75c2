package io.depthcast.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Passes TCP connections on to a port; it cuts all of them, or passes less on to clients, when it is told to. */
final class CuttingProxy implements AutoCloseable {
    private static final int UNLIMITED = 0;
    /** Bytes: what the kernel keeps of a client that is slow does not count. */
    private static final int RECEIVE_BUFFER = 8_192;

    private static final int BLOCK = 8_192;
    private static final int PAUSE_MILLIS = 50;
    private static final int PAUSES_PER_SECOND = 1_000 / PAUSE_MILLIS;

    private final ServerSocket server;
    private final List<Socket> sockets = new ArrayList<>();
    private final Object turn = new Object();
    private volatile int targetPort;
    private volatile int bytesPerSecond = UNLIMITED;

    CuttingProxy(int targetPort) throws IOException {
        this.targetPort = targetPort;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Where new connections go from now on. */
    void passTo(int port) {
        targetPort = port;
    }

    /** Each connection brings no more than so much to its client. */
    void throttle(int bytes) {
        bytesPerSecond = bytes;
    }

    /** As fast as it goes again. */
    void release() {
        bytesPerSecond = UNLIMITED;
        synchronized (turn) {
            turn.notifyAll();
        }
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
                Socket target = connect();
                if (target == null) {
                    reset(client);
                    continue;
                }
                synchronized (sockets) {
                    sockets.add(client);
                    sockets.add(target);
                }
                daemon(() -> pass(client, target, false));
                daemon(() -> pass(target, client, true));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    /** Null where nobody listens. */
    private @Nullable Socket connect() {
        Socket target = new Socket();
        try {
            target.setReceiveBufferSize(RECEIVE_BUFFER);
            target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
            return target;
        } catch (IOException refused) {
            reset(target);
            return null;
        }
    }

    private void pass(Socket from, Socket to, boolean slowly) {
        byte[] block = new byte[BLOCK];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(block, 0, share(slowly)); count >= 0; count = in.read(block, 0, share(slowly))) {
                to.getOutputStream().write(block, 0, count);
                if (slowly) {
                    pause();
                }
            }
            to.close();
        } catch (IOException cut) {
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Bytes that may be passed on before the next pause. */
    private int share(boolean slowly) {
        int bytes = bytesPerSecond;
        return slowly && bytes != UNLIMITED ? Math.min(BLOCK, Math.max(1, bytes / PAUSES_PER_SECOND)) : BLOCK;
    }

    private void pause() throws InterruptedException {
        synchronized (turn) {
            long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
            while (bytesPerSecond != UNLIMITED && System.nanoTime() < endNanos) {
                turn.wait(PAUSE_MILLIS);
            }
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
