package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Bonds;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.NutritionOrder;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * Who authored a record, and to which Encounters and CarePlans it belongs: by type, the elements that tell it, as
 * docs/consent.md lists them. A type without a line tells nothing; what a document holds is of many.
 */
final class RecordBonds {

    private static final String ENCOUNTER = "Encounter";
    private static final String CARE_PLAN = "CarePlan";

    /**
     * Who can be the author of a record and stand for nobody else: of others, as a role, a team or a service, it is not told
     * who of them it was.
     */
    private static final Set<String> AUTHORS_THEMSELVES =
            Set.of("Device", "Organization", "Patient", "Practitioner", "RelatedPerson");

    /**
     * What an Encounter can name as its diagnosis, its reason or the order behind it: without an encounter of their own they
     * do not tell of any. A CarePlan can name whatever there is, so that nothing but another plan tells of plans.
     */
    private static final Set<String> NAMED_BY_ENCOUNTERS =
            Set.of("Condition", "Observation", "Procedure", "ServiceRequest");

    private static final Pattern LOCAL = Pattern.compile("[A-Z][A-Za-z]+/[A-Za-z0-9\\-.]{1,64}");

    private static final Map<String, BiConsumer<Resource, Named>> BY_TYPE = new RecordBonds()
            .of(AllergyIntolerance.class, (record, named) -> named.authors(record.getRecorder(), record.getAsserter())
                    .encounter(record.getEncounter()))
            .of(CarePlan.class, (record, named) -> named.authors(record.getAuthor())
                    .authors(record.getContributor())
                    .encounter(record.getEncounter())
                    .plans(record.getBasedOn())
                    .plans(record.getPartOf()))
            .of(Communication.class, (record, named) -> named.authors(record.getSender())
                    .encounter(record.getEncounter())
                    .plans(record.getBasedOn()))
            .of(CommunicationRequest.class, (record, named) -> named.authors(record.getRequester(), record.getSender())
                    .encounter(record.getEncounter())
                    .plans(record.getBasedOn()))
            .of(Condition.class, (record, named) -> named.authors(record.getRecorder(), record.getAsserter())
                    .encounter(record.getEncounter()))
            .of(DiagnosticReport.class, (record, named) -> named.authors(record.getPerformer())
                    .authors(record.getResultsInterpreter())
                    .encounter(record.getEncounter())
                    .plans(record.getBasedOn()))
            .of(DocumentReference.class, (record, named) -> named.authors(record.getAuthor())
                    .authors(record.getAuthenticator())
                    .encounters(record.getContext().getEncounter()))
            .of(Encounter.class, (record, named) -> named.encounter(record.getPartOf()))
            .of(Goal.class, (record, named) -> named.authors(record.getExpressedBy()))
            .of(Immunization.class, (record, named) -> {
                record.getPerformer().forEach(performer -> named.authors(performer.getActor()));
                named.encounter(record.getEncounter());
            })
            .of(ListResource.class, (record, named) -> named.authors(record.getSource())
                    .encounter(record.getEncounter()))
            .of(MedicationAdministration.class, (record, named) -> {
                record.getPerformer().forEach(performer -> named.authors(performer.getActor()));
                named.encounter(record.getContext());
            })
            .of(MedicationRequest.class, (record, named) -> named.authors(record.getRequester(), record.getRecorder())
                    .authors(reported(record))
                    .encounter(record.getEncounter())
                    .plans(record.getBasedOn()))
            .of(MedicationStatement.class, (record, named) -> named.authors(record.getInformationSource())
                    .encounter(record.getContext())
                    .plans(record.getBasedOn()))
            .of(NutritionOrder.class, (record, named) -> named.authors(record.getOrderer())
                    .encounter(record.getEncounter()))
            .of(Observation.class, (record, named) -> named.authors(record.getPerformer())
                    .encounter(record.getEncounter())
                    .plans(record.getBasedOn()))
            .of(Procedure.class, (record, named) -> {
                record.getPerformer().forEach(performer -> named.authors(performer.getActor()));
                named.authors(record.getRecorder(), record.getAsserter())
                        .encounter(record.getEncounter())
                        .plans(record.getBasedOn());
            })
            .of(Provenance.class, (record, named) -> record.getAgent().forEach(agent -> named.authors(agent.getWho())))
            .of(QuestionnaireResponse.class, (record, named) -> named.authors(record.getAuthor(), record.getSource())
                    .encounter(record.getEncounter())
                    .plans(record.getBasedOn()))
            .of(RiskAssessment.class, (record, named) -> named.authors(record.getPerformer())
                    .encounter(record.getEncounter())
                    .plans(List.of(record.getBasedOn())))
            .of(ServiceRequest.class, (record, named) -> named.authors(record.getRequester())
                    .encounter(record.getEncounter())
                    .plans(record.getBasedOn()))
            .of(Task.class, (record, named) -> named.authors(record.getRequester())
                    .encounter(record.getEncounter())
                    .plans(record.getBasedOn()))
            .byType;

    private final Map<String, BiConsumer<Resource, Named>> byType = new TreeMap<>();

    private RecordBonds() {}

    private static List<Reference> reported(MedicationRequest record) {
        return record.hasReportedReference() ? List.of(record.getReportedReference()) : List.of();
    }

    static Bonds of(Resource resource) {
        BiConsumer<Resource, Named> elements = BY_TYPE.get(resource.fhirType());
        if (elements == null) {
            return Bonds.UNTOLD;
        }
        Named named = new Named(resource);
        elements.accept(resource, named);
        return named.bonds();
    }

    private <T extends Resource> RecordBonds of(Class<T> type, BiConsumer<T, Named> elements) {
        // The name of a List's class is another one.
        String name = type == ListResource.class ? "List" : type.getSimpleName();
        byType.put(name, (resource, named) -> elements.accept(type.cast(resource), named));
        return this;
    }

    /** What the elements of one record name. */
    private static final class Named {
        private final Set<String> authors = new HashSet<>();
        private final Set<String> belongsTo = new HashSet<>();
        private final Set<String> tellsOf = new HashSet<>();
        private final String type;
        private boolean unclearAuthor;

        private Named(Resource record) {
            type = record.fhirType();
            String id = record.getIdElement().getIdPart();
            if (id != null) {
                belongsTo.add(type + "/" + id);
            }
            if (type.equals(CARE_PLAN)) {
                tellsOf.add(CARE_PLAN);
            }
        }

        private Named authors(Reference... references) {
            return authors(List.of(references));
        }

        private Named authors(List<Reference> references) {
            for (Reference reference : references) {
                if (!reference.isEmpty()) {
                    String author = literal(reference);
                    if (author.isEmpty()) {
                        unclearAuthor = true;
                    } else {
                        authors.add(author);
                        unclearAuthor |= !AUTHORS_THEMSELVES.contains(typeOf(author));
                    }
                }
            }
            return this;
        }

        private Named encounter(Reference encounter) {
            return encounters(List.of(encounter));
        }

        private Named encounters(List<Reference> encounters) {
            boolean names = encounters.stream().anyMatch(encounter -> !encounter.isEmpty());
            if (belong(encounters) && (names || !NAMED_BY_ENCOUNTERS.contains(type))) {
                tellsOf.add(ENCOUNTER);
            }
            return this;
        }

        private Named plans(List<Reference> plans) {
            if (!belong(plans)) {
                tellsOf.remove(CARE_PLAN);
            }
            return this;
        }

        /** Whether each of them says what it means. */
        private boolean belong(List<Reference> references) {
            boolean clear = true;
            for (Reference reference : references) {
                if (!reference.isEmpty()) {
                    String whole = literal(reference);
                    clear &= !whole.isEmpty();
                    belongsTo.add(whole);
                }
            }
            return clear;
        }

        private Bonds bonds() {
            return new Bonds(authors, !authors.isEmpty() && !unclearAuthor, belongsTo, tellsOf);
        }

        /** {@code Type/id}; empty of what lies elsewhere, is contained, or is named by words or an identifier alone. */
        private static String literal(Reference reference) {
            String path = reference.getReferenceElement().hasBaseUrl()
                    ? ""
                    : String.valueOf(reference
                            .getReferenceElement()
                            .toUnqualifiedVersionless()
                            .getValue());
            return LOCAL.matcher(path).matches() ? path : "";
        }

        private static String typeOf(String path) {
            return path.substring(0, path.indexOf('/'));
        }
    }
}
