package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patients in an order that is drawn for one export. In the order of their ids two recipients could tell by the line who is
 * whom of the other's. For one run.
 */
final class DrawnRanges implements Ranges {

    private final List<String> patients;
    private int next;

    DrawnRanges(Collection<String> patients) {
        this.patients = new ArrayList<>(patients);
        Collections.shuffle(this.patients, new SecureRandom());
    }

    @Override
    public List<Standing> next(PatientStandings facts, @Nullable String after, int most) {
        List<String> range = patients.subList(next, Math.min(patients.size(), next + most));
        next += range.size();
        return List.copyOf(facts.of(range).values());
    }
}
