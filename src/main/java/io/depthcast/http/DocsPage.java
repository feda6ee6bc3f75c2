package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A document as a web page, rendered once from its Markdown. Immutable. */
final class DocsPage {
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
            <a href="feeds.html">Feeds</a> <a href="binance.html">Binance</a> <a href="operations.html">Operations</a> <a href="architecture.html">Architecture</a>
            <a href="glossary.html">Glossary</a> <a href="decisions.html">Decisions</a>
            <a href="performance.html">Performance</a> <a href="figures.html">Figures</a></nav>
            <main>
            """;
    private static final Pattern DOCUMENT = Pattern.compile("^([a-z]+)\\.md(#.*)?$");
    /** A path of this gateway, which a proxy may serve below one of its own. */
    private static final Pattern FROM_ROOT = Pattern.compile("^/(?!/)");

    private static final String TAIL = "</main></body></html>\n";

    private final String html;

    private DocsPage(String html) {
        this.html = html;
    }

    /** @param name of the document below {@code /docs/}, without its ending; it is the title too */
    static DocsPage load(String name) {
        String file = "/docs/" + name + ".md";
        try (InputStream source = DocsPage.class.getResourceAsStream(file)) {
            if (source == null) {
                throw new IllegalStateException(file + " is missing from the class path");
            }
            List<Extension> extensions = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
            Parser parser = Parser.builder().extensions(extensions).build();
            HtmlRenderer renderer = HtmlRenderer.builder()
                    .extensions(extensions)
                    .attributeProviderFactory(context -> DocsPage::link)
                    .build();
            return new DocsPage(HEAD.formatted(name)
                    + renderer.render(parser.parse(new String(source.readAllBytes(), UTF_8)))
                    + TAIL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is a file in the repository is a page here, and what is below the root is told from below {@code /docs/}. */
    private static void link(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link link) {
            String page = DOCUMENT.matcher(link.getDestination()).replaceFirst("$1.html$2");
            attributes.put("href", FROM_ROOT.matcher(page).replaceFirst("../"));
        }
    }

    String html() {
        return html;
    }
}
