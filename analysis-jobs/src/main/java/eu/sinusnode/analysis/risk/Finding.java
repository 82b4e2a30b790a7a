package eu.sinusnode.analysis.risk;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedSet;

/**
 * What a model found, with its reasons.
 *
 * @param valueSystem code system of {@code value}
 * @param interpretation code of v3-ObservationInterpretation
 * @param start of the data used
 * @param reasons what was seen and why it counts, as whole sentences
 * @param missing what was missing, withheld or not usable, as whole sentences
 * @param decision what is left to the clinician, as a sentence
 * @param decideWithin how soon a clinician should look
 * @param telling versions of the Observations that show it best, a few
 * @param inputs versions of everything that was used
 * @param words the same for clinician and patient in plain words
 */
public record Finding(
        String valueSystem,
        String value,
        String valueDisplay,
        String interpretation,
        OffsetDateTime start,
        OffsetDateTime end,
        List<Figure> figures,
        List<String> reasons,
        List<String> missing,
        String decision,
        Duration decideWithin,
        List<String> telling,
        SortedSet<String> inputs,
        Words words) {}
