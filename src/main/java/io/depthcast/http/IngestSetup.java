package io.depthcast.http;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.admission.BlockList;
import io.depthcast.limit.Masking;
import io.depthcast.metrics.Meters;
import java.util.function.Supplier;

/**
 * What the ingest port needs.
 *
 * @param hasTokens whether publishers have to say who they are
 * @param admission which proxies are trusted now
 * @param keptOut whom operators keep out now
 * @param refusals hears of whoever is turned away
 */
public record IngestSetup(
        IngestSettings settings,
        boolean hasTokens,
        Supplier<AdmissionSettings> admission,
        Supplier<BlockList> keptOut,
        Refusals refusals,
        Meters meters) {
    /** Where no publisher needs a token and none is kept out. */
    public static IngestSetup open(IngestSettings settings, Meters meters) {
        return new IngestSetup(
                settings,
                false,
                () -> AdmissionSettings.DEFAULT,
                () -> BlockList.EMPTY,
                new Refusals(meters, Masking.NONE),
                meters);
    }
}
