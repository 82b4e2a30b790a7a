package eu.sinusnode.server.vitals;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamDate;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import eu.sinusnode.server.copies.NewRecord;
import eu.sinusnode.server.copies.NewRecord.Link;
import eu.sinusnode.server.search.values.ObservationExtractor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;

/**
 * What is indexed of a vital sign of the plainest form: the same entries that HAPI's extractor finds with FHIRPath, read
 * from the elements themselves (R4 Observation, "Search Parameters").
 */
final class VitalIndex {

    private static final String TYPE = "Observation";
    private static final Set<String> PARAMETERS = Set.of(
            "category", "code", "component-code", "date", "encounter", "identifier", "patient", "status", "subject");

    private final PartitionSettings partitions;

    /**
     * @param indexed the parameters that the storage has rows for of Observations, but for those of values
     * @throws IllegalStateException when they are others than the ones that are read here
     */
    VitalIndex(PartitionSettings partitions, Set<String> indexed) {
        if (!indexed.equals(PARAMETERS)) {
            throw new IllegalStateException("The index of new vital signs knows the search parameters "
                    + new TreeSet<>(PARAMETERS) + " of Observations, but open are " + new TreeSet<>(indexed)
                    + "; VitalIndex has to know the same.");
        }
        this.partitions = partitions;
    }

    /** @param id that the server assigns */
    NewRecord read(Observation vital, String id, String json) {
        return new NewRecord(
                id,
                json,
                tokens(vital),
                List.of(date(vital)),
                ObservationExtractor.values(partitions, vital),
                links(vital));
    }

    private Collection<ResourceIndexedSearchParamToken> tokens(Observation vital) {
        Set<ResourceIndexedSearchParamToken> tokens = new LinkedHashSet<>();
        for (Identifier identifier : vital.getIdentifier()) {
            tokens.add(token("identifier", identifier.getSystem(), identifier.getValue()));
        }
        tokens.add(
                token("status", vital.getStatus().getSystem(), vital.getStatus().toCode()));
        add(tokens, "code", vital.getCode());
        vital.getComponent().forEach(component -> add(tokens, "component-code", component.getCode()));
        vital.getCategory().forEach(category -> add(tokens, "category", category));
        return tokens;
    }

    private ResourceIndexedSearchParamDate date(Observation vital) {
        if (vital.getEffective() instanceof Period period) {
            return date(period.getStartElement(), period.getEndElement());
        }
        DateTimeType effective = vital.getEffectiveDateTimeType();
        return date(effective, effective);
    }

    private ResourceIndexedSearchParamDate date(DateTimeType low, DateTimeType high) {
        return new ResourceIndexedSearchParamDate(
                partitions,
                TYPE,
                "date",
                low.getValue(),
                low.getValueAsString(),
                high.getValue(),
                high.getValueAsString(),
                low.getValueAsString());
    }

    private static List<Link> links(Observation vital) {
        List<Link> links = new ArrayList<>(2);
        links.add(new Link("Observation.subject", vital.getSubject().getReference()));
        if (vital.hasEncounter()) {
            links.add(new Link("Observation.encounter", vital.getEncounter().getReference()));
        }
        return links;
    }

    private void add(Set<ResourceIndexedSearchParamToken> tokens, String parameter, CodeableConcept concept) {
        for (Coding coding : concept.getCoding()) {
            tokens.add(token(parameter, coding.getSystem(), coding.getCode()));
        }
    }

    private ResourceIndexedSearchParamToken token(String parameter, String system, String value) {
        return new ResourceIndexedSearchParamToken(partitions, TYPE, parameter, system, value);
    }
}
