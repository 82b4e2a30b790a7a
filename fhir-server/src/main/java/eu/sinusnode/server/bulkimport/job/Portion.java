package eu.sinusnode.server.bulkimport.job;

import eu.sinusnode.policy.authorization.RequestedWrite;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;

/** What becomes of the lines that are stored in one transaction. */
final class Portion {

    private final List<Candidate> vitals = new ArrayList<>();
    private final List<Candidate> others = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private int known;

    /** A line that may be stored. */
    record Candidate(long line, RequestedWrite write) {}

    void vital(Candidate candidate) {
        vitals.add(candidate);
    }

    void other(Candidate candidate) {
        others.add(candidate);
    }

    void refuse(Refusal refusal) {
        refusals.add(refusal);
    }

    void known() {
        known++;
    }

    /** New vital signs of the plainest form, for the writer that copies them. */
    List<Observation> vitals() {
        return vitals.stream()
                .map(candidate -> (Observation) candidate.write().resource())
                .toList();
    }

    /** All else, for HAPI. */
    List<Candidate> others() {
        return others;
    }

    /** What the copying writer does not take is HAPI's too. */
    void leaveVitalsToHapi() {
        others.addAll(vitals);
        vitals.clear();
    }

    List<Candidate> stored() {
        List<Candidate> stored = new ArrayList<>(vitals);
        stored.addAll(others);
        return stored;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    int countKnown() {
        return known;
    }
}
