package eu.sinusnode.analysis.reading;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A sixteenth of all patients: those whose id begins with one hexadecimal digit. Ids are random UUIDs, so that slices are
 * of a size, and who belongs to which follows from nothing but the id.
 *
 * @param number 0 to 15, the digit
 */
public record PatientSlice(int number) {

    /** How many there are; more threads than these find nothing to do. */
    public static final int COUNT = 16;

    private static final String LAST_OF_DIGIT = "%xfffffff-ffff-ffff-ffff-ffffffffffff";

    public static List<PatientSlice> all() {
        return IntStream.range(0, COUNT).mapToObj(PatientSlice::new).toList();
    }

    /** An id that sorts before every patient's of this slice and after every one of the slice before; null: from the first. */
    public @Nullable String after() {
        return number == 0 ? null : LAST_OF_DIGIT.formatted(number - 1);
    }

    /** The last id that belongs to it. */
    public String through() {
        return LAST_OF_DIGIT.formatted(number);
    }
}
