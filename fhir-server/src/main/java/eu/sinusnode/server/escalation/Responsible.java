package eu.sinusnode.server.escalation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sees to a patient's Tasks at one clinic.
 *
 * @param clinicians {@code Practitioner/[id]}, in the order in which the care team names them
 * @param organization {@code Organization/[id]}
 */
record Responsible(List<String> clinicians, String organization) {

    Responsible {
        clinicians = List.copyOf(new LinkedHashSet<>(clinicians));
    }

    /**
     * The clinician whom the care team names after the present one, or its first; who is left with nobody but the present
     * one is the clinic as a whole.
     *
     * @param owner of the Task at present; null when it is everybody's
     * @return empty when it is the clinic's already, and there is nobody else
     */
    Optional<String> next(@Nullable String owner) {
        List<String> inTurn = new ArrayList<>(clinicians);
        int at = inTurn.indexOf(owner);
        if (at >= 0) {
            inTurn = new ArrayList<>(inTurn.subList(at + 1, inTurn.size()));
            inTurn.addAll(clinicians.subList(0, at));
        }
        inTurn.add(organization);
        return inTurn.stream().filter(one -> !one.equals(owner)).findFirst();
    }
}
