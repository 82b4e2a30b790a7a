package eu.sinusnode.analysis.reading;

import java.util.List;
import java.util.regex.Pattern;
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

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}-");
    /** Values of the seven hexadecimal digits behind the first. */
    private static final double DIGITS_BEHIND = 1L << 28;

    public static List<PatientSlice> all() {
        return IntStream.range(0, COUNT).mapToObj(PatientSlice::new).toList();
    }

    /** An id that sorts before every patient's of this slice and after every one of the slice before; null: from the first. */
    public @Nullable String after() {
        return number == 0 ? null : LAST_OF_DIGIT.formatted(number - 1);
    }

    /** About what share of it has an id up to this one, 0 to 1: ids are random. Of an id that is no UUID nothing is known: 0. */
    public double shareThrough(String id) {
        return UUID_FORM.matcher(id).lookingAt() ? Long.parseLong(id.substring(1, 8), 16) / DIGITS_BEHIND : 0;
    }

    /** The last id that belongs to it. */
    public String through() {
        return LAST_OF_DIGIT.formatted(number);
    }
}
