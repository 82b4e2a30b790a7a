package eu.sinusnode.server.vitals;

import eu.sinusnode.profiles.PlainSummary;
import eu.sinusnode.profiles.PlainVital;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/** Recognises transactions that create vital signs of the plainest form and do nothing else. */
final class NewVitals {

    private static final String TYPE = "Observation";

    private NewVitals() {}

    /** The vital signs in the order of their entries; empty when any entry is something else. */
    static Optional<List<Observation>> of(Bundle transaction) {
        List<Observation> vitals = new ArrayList<>(transaction.getEntry().size());
        Set<String> names = new HashSet<>();
        for (BundleEntryComponent entry : transaction.getEntry()) {
            if (!(entry.getResource() instanceof Observation vital)
                    || !isCreate(entry.getRequest())
                    || !isPlain(vital)
                    || references(vital).anyMatch(NewVitals::isPlaceholder)
                    || entry.hasFullUrl() && !names.add(entry.getFullUrl())) {
                return Optional.empty();
            }
            vitals.add(vital);
        }
        return vitals.isEmpty() ? Optional.empty() : Optional.of(vitals);
    }

    /** A measurement, or the analysis's summary of what was not computable, which has the same kinds of rows. */
    static boolean isPlain(Observation observation) {
        return PlainVital.isPlain(observation) || PlainSummary.isPlain(observation);
    }

    /** Every literal reference that a vital sign of the plainest form can have. */
    static Stream<Reference> references(Observation vital) {
        return Stream.concat(
                        Stream.of(vital.getSubject(), vital.getEncounter(), vital.getDevice()),
                        vital.getPerformer().stream())
                .filter(Reference::hasReference);
    }

    private static boolean isCreate(BundleEntryRequestComponent request) {
        return request.getMethod() == HTTPVerb.POST
                && TYPE.equals(request.getUrl())
                && !request.hasIfNoneExist()
                && !request.hasIfMatch()
                && !request.hasIfNoneMatch()
                && !request.hasIfModifiedSince();
    }

    private static boolean isPlaceholder(Reference reference) {
        return reference.getReference().startsWith("urn:");
    }
}
