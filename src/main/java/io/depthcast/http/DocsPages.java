package io.depthcast.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Makes web pages of the documents. Run by the build: the gateway has the pages, and no parser. */
public final class DocsPages {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Depthcast %s</title>
            <link rel="icon" href="../icon.svg">
            <link rel="stylesheet" href="docs.css">
            <script type="module" src="docs.js"></script>
            </head>
            <body>
            <nav aria-label="Documents"><a href="../">Dashboard</a> <a href="./">Protocol</a> <a href="client.html">Client</a>
            <a href="asyncapi.yaml">AsyncAPI</a> <a href="openapi.yaml">OpenAPI</a> <a href="depthcast-sbe.xml">SBE schema</a>
            <a href="feeds.html">Feeds</a> <a href="feed-log.html">Feed log</a> <a href="binance.html">Binance</a>
            <a href="operations.html">Operations</a> <a href="architecture.html">Architecture</a> <a href="glossary.html">Glossary</a>
            <a href="decisions.html">Decisions</a> <a href="performance.html">Performance</a> <a href="figures.html">Figures</a>
            <a href="contributing.html">Contributing</a></nav>
            <main>
            """;
    private static final String TAIL = "</main></body></html>\n";

    private static final String ENDING = ".md";
    private static final Pattern DOCUMENT = Pattern.compile("^([a-z-]+)\\.md(#.*)?$");
    /** A path of this gateway, which a proxy may serve below one of its own. */
    private static final Pattern FROM_ROOT = Pattern.compile("^/(?!/)");

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());

    private DocsPages() {}

    /** @param arguments the folder of the documents, and that of the pages, in which pages younger than their document stay */
    public static void main(String[] arguments) throws IOException {
        Locale ofTheBuild = Locale.getDefault();
        try {
            // The names of anchors are in the small letters of that one, and two machines are to make one jar.
            Locale.setDefault(Locale.ROOT);
            make(arguments);
        } finally {
            Locale.setDefault(ofTheBuild);
        }
    }

    private static void make(String[] arguments) throws IOException {
        Path to = Files.createDirectories(Path.of(arguments[1]));
        try (DirectoryStream<Path> documents = Files.newDirectoryStream(Path.of(arguments[0]), "*" + ENDING)) {
            for (Path document : documents) {
                String name = document.getFileName().toString().replace(ENDING, "");
                Path page = to.resolve(name + ".html");
                if (!isYounger(page, document)) {
                    Files.writeString(page, page(name, Files.readString(document)));
                }
            }
        }
    }

    /** Also than this class, which may make them in another way by now. */
    private static boolean isYounger(Path page, Path document) throws IOException {
        if (!Files.exists(page)) {
            return false;
        }
        long made = Files.getLastModifiedTime(page).toMillis();
        Path maker = page.resolveSibling("../io/depthcast/http/DocsPages.class");
        return made > Files.getLastModifiedTime(document).toMillis()
                && (!Files.exists(maker)
                        || made > Files.getLastModifiedTime(maker).toMillis());
    }

    private static String page(String name, String markdown) {
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .attributeProviderFactory(context -> DocsPages::link)
                .build();
        Parser parser = Parser.builder().extensions(EXTENSIONS).build();
        return HEAD.formatted(name) + renderer.render(parser.parse(markdown)) + TAIL;
    }

    /**
     * What is a file in the repository is a page here, what is below the root is told from below {@code /docs/}, and what a
     * gateway does not have is no link.
     */
    private static void link(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link link) {
            String page = DOCUMENT.matcher(link.getDestination()).replaceFirst("$1.html$2");
            if (page.startsWith("../")) {
                attributes.remove("href");
            } else {
                attributes.put("href", FROM_ROOT.matcher(page).replaceFirst("../"));
            }
        }
    }
}
