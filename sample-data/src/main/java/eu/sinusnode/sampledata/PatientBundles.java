package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.fhir.BundleWriter;
import eu.sinusnode.sampledata.fhir.ConsentResources;
import eu.sinusnode.sampledata.fhir.FindingResources;
import eu.sinusnode.sampledata.fhir.MembershipResources;
import eu.sinusnode.sampledata.fhir.PatientResources;
import eu.sinusnode.sampledata.fhir.PlanResources;
import eu.sinusnode.sampledata.fhir.RhythmResources;
import eu.sinusnode.sampledata.fhir.VitalResources;
import eu.sinusnode.sampledata.rhythm.Recording;
import eu.sinusnode.sampledata.signal.Reading;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * A patient's transaction bundles in the order in which they are to be sent: the record (patient, devices, conditions,
 * covers, care team, consent, plan, findings), then the readings as they arrive, then the recordings of beats. Each goes out as soon
 * as it is full, so that years of readings take no more memory than weeks.
 */
final class PatientBundles {

    static final int MOST_READINGS_A_BUNDLE = 100;

    /** Where the bundles go. */
    @FunctionalInterface
    interface Out {
        void write(int sequence, byte[] bundle) throws IOException;
    }

    private final SyntheticPatient patient;
    private final Out out;
    private final Map<Reading.Kind, Long> readings = new EnumMap<>(Reading.Kind.class);
    private int bundles;
    private long resent;

    private PatientBundles(SyntheticPatient patient, Out out) {
        this.patient = patient;
        this.out = out;
    }

    /**
     * Writes all of the patient's bundles.
     *
     * @return what was written
     */
    static CohortSummary write(SyntheticPatient patient, Out out) throws IOException {
        PatientBundles bundles = new PatientBundles(patient, out);
        bundles.record();
        bundles.readings();
        bundles.recordings();
        return new CohortSummary(
                1, bundles.readings, bundles.resent, patient.recordings().size(), bundles.bundles, 0);
    }

    private void finish(BundleWriter bundle) throws IOException {
        out.write(bundles++, bundle.finish());
    }

    private void record() throws IOException {
        BundleWriter bundle = new BundleWriter();
        PatientResources.write(bundle, patient.subject());
        MembershipResources.write(bundle, patient.subject());
        ConsentResources.write(bundle, patient.subject());
        PlanResources.write(bundle, patient.subject());
        FindingResources.write(bundle, patient.subject());
        finish(bundle);
    }

    /** A reading that comes a second time waits for the next bundle: one transaction must not write an id twice. */
    private void readings() throws IOException {
        VitalResources resources = new VitalResources(patient.subject());
        Queue<Reading> waiting = new ArrayDeque<>(patient.signals().deliveries());
        Set<String> sent = new HashSet<>();
        while (!waiting.isEmpty()) {
            BundleWriter bundle = new BundleWriter();
            Set<String> inBundle = new HashSet<>();
            List<Reading> later = new ArrayList<>();
            while (!waiting.isEmpty() && bundle.entries() < MOST_READINGS_A_BUNDLE) {
                Reading reading = waiting.remove();
                String id = resources.id(reading);
                if (!inBundle.add(id)) {
                    later.add(reading);
                    continue;
                }
                if (sent.add(id)) {
                    readings.merge(reading.kind(), 1L, Long::sum);
                } else {
                    resent++;
                }
                resources.write(bundle, reading, id);
            }
            finish(bundle);
            if (!later.isEmpty()) {
                later.addAll(waiting);
                waiting = new ArrayDeque<>(later);
            }
        }
    }

    private void recordings() throws IOException {
        if (patient.recordings().isEmpty()) {
            return;
        }
        BundleWriter bundle = new BundleWriter();
        for (Recording recording : patient.recordings()) {
            RhythmResources.write(bundle, patient.subject(), recording);
        }
        finish(bundle);
    }
}
