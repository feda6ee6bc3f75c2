package io.depthcast.feed;

/**
 * A place between two records of the log, and how far the feed was there: who reads on from it has to know no more.
 *
 * @param log names the log; another one that stands in its place has another name. Empty: nobody has told
 * @param offset of the record that comes next
 * @param term whose word counted, 0 before the first claim
 * @param writer who that was
 * @param epoch of the feed
 * @param sequence of the last row before this place
 */
public record LogPlace(String log, long offset, long term, String writer, long epoch, long sequence) {}
