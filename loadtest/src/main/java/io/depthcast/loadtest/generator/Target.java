package io.depthcast.loadtest.generator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a load goes.
 *
 * @param uri of the stream: {@code ws://127.0.0.1:8080/v1/stream}, or {@code wss:}
 * @param trust for TLS; null without
 * @param tokens shown by the clients in turn; empty where nobody asks for one
 * @param proxy that connections are asked of by CONNECT; null for none
 */
public record Target(URI uri, Trust trust, List<String> tokens, InetSocketAddress proxy) {
    private static final String STREAM = "/v1/stream";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** A server on this machine. */
    public static Target local(int port, Trust trust) {
        URI uri = URI.create((trust == null ? "ws" : "wss") + "://127.0.0.1:" + port + STREAM);
        return new Target(uri, trust, List.of(), null);
    }

    /**
     * A gateway anywhere.
     *
     * @param url of the stream, or of its host alone
     * @param trust null for the certificates of the platform, where the scheme is of TLS
     */
    public static Target of(String url, Trust trust, List<String> tokens, String proxy) throws IOException {
        URI given = parse(url);
        boolean isTls = "wss".equals(given.getScheme()) || "https".equals(given.getScheme());
        if (given.getHost() == null || !List.of("ws", "wss", "http", "https").contains(given.getScheme())) {
            throw new IOException("expected ws://host:port/v1/stream or wss://..., got " + url);
        }
        String path = given.getPath() == null || given.getPath().length() <= 1 ? STREAM : given.getPath();
        URI uri = URI.create((isTls ? "wss" : "ws") + "://" + given.getAuthority() + path);
        Trust trusted = !isTls ? null : trust == null ? Trust.ofPlatform() : trust;
        return new Target(uri, trusted, List.copyOf(tokens), proxy == null ? null : address(proxy));
    }

    private static URI parse(String url) throws IOException {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IOException("expected ws://host:port/v1/stream or wss://..., got " + url, e);
        }
    }

    /** Those of a file, one a line. */
    public static List<String> tokens(Path file) throws IOException {
        List<String> tokens = Files.readAllLines(file).stream()
                .map(String::trim)
                .filter(line -> !line.isEmpty())
                .toList();
        if (tokens.isEmpty()) {
            throw new IOException("expected a token a line in " + file + ", got none");
        }
        return tokens;
    }

    private static InetSocketAddress address(String proxy) throws IOException {
        URI uri = URI.create("http://" + proxy);
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw new IOException("expected the proxy as host:port, got " + proxy);
        }
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        return uri.getPort() >= 0 ? uri.getPort() : trust == null ? HTTP_PORT : HTTPS_PORT;
    }

    /** Whether clients may come from many addresses of this machine. */
    boolean isLocal() throws IOException {
        return proxy == null && InetAddress.getByName(host()).isLoopbackAddress();
    }

    /** The token of the client of this number; null for none. */
    String token(int number) {
        return tokens.isEmpty() ? null : tokens.get(number % tokens.size());
    }

    /** Where the gateway of the stream lists its instruments. */
    URI instruments() throws IOException {
        if (!uri.getPath().endsWith(STREAM)) {
            throw new IOException("expected a path that ends with " + STREAM + ", got " + uri);
        }
        String base = uri.getPath().substring(0, uri.getPath().length() - STREAM.length());
        return URI.create((trust == null ? "http" : "https") + "://" + uri.getAuthority() + base + "/v1/instruments");
    }

    HttpClient http() {
        HttpClient.Builder client = HttpClient.newBuilder();
        if (trust != null) {
            client.sslContext(trust.jdk());
        }
        if (proxy != null) {
            client.proxy(ProxySelector.of(proxy));
        }
        return client.build();
    }
}
