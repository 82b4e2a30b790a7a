package eu.sinusnode.therapy.apply;

import java.util.List;
import org.hl7.fhir.r4.model.PrimitiveType;

/** What the record says of a {@link NamedInput}. What is not known is never a "no". */
public sealed interface Fact {

    /** In one clause, for the clinician. */
    String words();

    /**
     * @param value a boolean, an integer or a decimal in the input's unit
     * @param sources references to the records that say so
     */
    record Known(PrimitiveType<?> value, String words, List<String> sources) implements Fact {
        public Known {
            sources = List.copyOf(sources);
        }
    }

    /** Missing, too old, withheld or in a unit that is not understood. */
    record Unknown(String words) implements Fact {}
}
