package io.depthcast.http;

/**
 * @param origins whose pages may open a WebSocket and read what is served
 * @param pages folder of the operator's own pages, served under {@code /pages/}, or {@link #NO_PAGES}
 */
public record PageSettings(Origins origins, String pages) {
    public static final String NO_PAGES = "none";
    public static final PageSettings DEFAULT = new PageSettings(Origins.SAME, NO_PAGES);

    boolean hasPages() {
        return !pages.equals(NO_PAGES);
    }
}
