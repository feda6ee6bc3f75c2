package io.depthcast.wire;

/**
 * Which of the books of an instrument a command is about.
 *
 * @param depth levels a side; {@link #ANY} for whatever depth
 * @param group ticks to which prices are gathered; {@link #ANY} for whatever group
 */
public record BookChoice(int depth, int group) {
    public static final int ANY = 0;

    /** Whatever books there are. */
    public static final BookChoice ALL = new BookChoice(ANY, ANY);

    /** That one alone. */
    public static BookChoice of(View.Book book) {
        return new BookChoice(book.depth(), book.group());
    }

    /** Whether that is one of them; whatever is no book is no matter of choice. */
    public boolean has(View view) {
        return !(view instanceof View.Book book)
                || ((depth == ANY || depth == book.depth()) && (group == ANY || group == book.group()));
    }
}
