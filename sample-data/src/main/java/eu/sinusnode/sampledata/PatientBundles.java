package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.fhir.BundleWriter;
import eu.sinusnode.sampledata.fhir.ConsentResources;
import eu.sinusnode.sampledata.fhir.MembershipResources;
import eu.sinusnode.sampledata.fhir.PatientResources;
import eu.sinusnode.sampledata.fhir.PlanResources;
import eu.sinusnode.sampledata.fhir.RhythmResources;
import eu.sinusnode.sampledata.fhir.VitalResources;
import eu.sinusnode.sampledata.rhythm.Recording;
import eu.sinusnode.sampledata.signal.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * A patient's transaction bundles in the order in which they are to be sent: the record (patient, devices, conditions,
 * covers, care team, consent, plan), then the vital readings as they arrive, then the recordings of beats.
 */
final class PatientBundles {

    static final int MOST_VITALS_A_BUNDLE = 100;

    private final SyntheticPatient patient;
    private final List<byte[]> bundles = new ArrayList<>();
    private long resent;

    private PatientBundles(SyntheticPatient patient) {
        this.patient = patient;
    }

    static PatientBundles of(SyntheticPatient patient) {
        PatientBundles bundles = new PatientBundles(patient);
        bundles.record();
        bundles.vitals();
        bundles.recordings();
        return bundles;
    }

    List<byte[]> bundles() {
        return bundles;
    }

    CohortSummary summary() {
        int deliveries = patient.signals().deliveries().size();
        return new CohortSummary(
                1, deliveries - resent, resent, patient.recordings().size(), bundles.size());
    }

    private void record() {
        BundleWriter bundle = new BundleWriter();
        PatientResources.write(bundle, patient.subject());
        MembershipResources.write(bundle, patient.subject());
        ConsentResources.write(bundle, patient.subject());
        PlanResources.write(bundle, patient.subject());
        bundles.add(bundle.finish());
    }

    /** A reading that comes a second time waits for the next bundle: one transaction must not write an id twice. */
    private void vitals() {
        VitalResources resources = new VitalResources(patient.subject());
        Queue<Reading> waiting = new ArrayDeque<>(patient.signals().deliveries());
        Set<String> sent = new HashSet<>();
        while (!waiting.isEmpty()) {
            BundleWriter bundle = new BundleWriter();
            Set<String> inBundle = new HashSet<>();
            List<Reading> later = new ArrayList<>();
            while (!waiting.isEmpty() && bundle.entries() < MOST_VITALS_A_BUNDLE) {
                Reading reading = waiting.remove();
                String id = resources.id(reading);
                if (!inBundle.add(id)) {
                    later.add(reading);
                    continue;
                }
                resent += sent.add(id) ? 0 : 1;
                resources.write(bundle, reading);
            }
            bundles.add(bundle.finish());
            if (!later.isEmpty()) {
                later.addAll(waiting);
                waiting = new ArrayDeque<>(later);
            }
        }
    }

    private void recordings() {
        if (patient.recordings().isEmpty()) {
            return;
        }
        BundleWriter bundle = new BundleWriter();
        for (Recording recording : patient.recordings()) {
            RhythmResources.write(bundle, patient.subject(), recording);
        }
        bundles.add(bundle.finish());
    }
}
