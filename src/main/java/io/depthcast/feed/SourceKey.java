package io.depthcast.feed;

/**
 * One thing that an operator may set for a kind of source, as {@code feed.KIND.NAME}.
 *
 * @param name letters and digits, the first a lower-case letter: {@code port}, {@code multicastGroup}
 * @param fallback its value where nobody sets one
 * @param description one line for {@code --help}, with the unit where the name has none
 * @param isSecret whether the value must never be printed
 */
public record SourceKey(String name, String fallback, String description, boolean isSecret) {
    public SourceKey(String name, String fallback, String description) {
        this(name, fallback, description, false);
    }
}
