package eu.sinusnode.server.http;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.validation.DeletionPolicy;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Expectations.Row;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * What the walk writes. Each kind of caller changes and deletes records of its own, copies of the world's, so that the
 * world stays as it is and no caller meets another.
 */
final class WalkWrites {

    private static final Set<CallerKind> CLINICS = Set.of(CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM);
    private static final Set<CallerKind> PERSONS = Set.of(CallerKind.PATIENT, CallerKind.REPRESENTATIVE);
    private static final Set<String> OF_A_STORED_RECORD = Set.of("update", "patch", "delete");

    private WalkWrites() {}

    static boolean isWrite(Row row) {
        return OF_A_STORED_RECORD.contains(row.how())
                || Set.of(
                                "create",
                                "transaction",
                                "batch",
                                "$merge",
                                "$erase",
                                "$legal-hold",
                                "$sign-off",
                                "$apply",
                                "$activate",
                                "$book",
                                "$ask",
                                "$reschedule",
                                "$cancel",
                                "$join",
                                "$risk-replay")
                        .contains(row.how());
    }

    /** Stores what the cells that are open are about. */
    static void load(Map<Row, Map<CallerKind, String>> expected) {
        for (CallerKind kind : CallerKind.values()) {
            Set<String> types = new TreeSet<>();
            expected.forEach((row, cells) -> {
                boolean loaded = !row.what().equals("Subscription");
                if (loaded && OF_A_STORED_RECORD.contains(row.how()) && !"-".equals(cells.get(kind))) {
                    types.add(row.what());
                }
            });
            Resource[] records = types.stream().map(type -> withId(type, kind)).toArray(Resource[]::new);
            if (records.length > 0) {
                RunningServer.load(Records.transaction(records));
            }
        }
        RunningServer.load(Records.transaction(
                Records.patient(Records.id("walk-merge-source-patient")),
                Records.patient(Records.id("walk-merge-target-patient")),
                Records.patient(Records.id("walk-erased-patient"))));
    }

    static String id(String type, CallerKind kind) {
        return Records.id("walk " + type + " that is written by " + kind.claim());
    }

    /** What is stored under {@link #id}: to a clinic a draft, which is all that it deletes. */
    static Resource withId(String type, CallerKind kind) {
        Resource record = record(type, kind, "walk-stored-");
        Set<String> drafts = DeletionPolicy.drafts(type);
        if (CLINICS.contains(kind) && !drafts.isEmpty()) {
            record.setProperty("status", new CodeType(new TreeSet<>(drafts).first()));
        }
        if (record instanceof Task task && PERSONS.contains(kind)) {
            task.getCode().getCodingFirstRep().setCode(Codes.THERAPY_REMINDER);
            task.setDescription("Body weight");
        }
        record.setId(id(type, kind));
        return record;
    }

    /** What stands in the place of {@link #withId}. */
    static Resource changed(String type, CallerKind kind) {
        Resource record = withId(type, kind);
        if (record instanceof Task task && PERSONS.contains(kind)) {
            task.setStatus(TaskStatus.COMPLETED);
        }
        return record;
    }

    /** One that the kind creates. */
    static Resource fresh(String type, CallerKind kind) {
        Resource record = record(type, kind, "walk-created-");
        record.setId((String) null);
        if (record instanceof Task task && kind == CallerKind.CLINICIAN) {
            task.getCode().getCodingFirstRep().setCode(Codes.THERAPY_QUESTION);
            task.setDescription("Is anything unclear?");
        }
        if (record instanceof CarePlan plan && CLINICS.contains(kind)) {
            // Whoever writes a plan lets it hold by $activate.
            plan.setStatus(CarePlanStatus.DRAFT);
        }
        return record;
    }

    private static Resource record(String type, CallerKind kind, String identifier) {
        Resource record = WalkWorld.copy(type);
        if (record instanceof Observation vital) {
            // A vital of the same identifier is the same vital.
            vital.getIdentifierFirstRep().setValue(identifier + kind.claim());
        }
        if (kind == CallerKind.PATIENT) {
            tell(record, new Reference("Patient/" + WalkWorld.PATIENT));
        } else if (kind == CallerKind.REPRESENTATIVE) {
            tell(record, new Reference("RelatedPerson/" + WalkWorld.DAUGHTER));
        } else if (kind == CallerKind.CONSENT_RECORDER && record instanceof Consent consent) {
            SignedPaper.of(consent, identifier + kind.claim());
        }
        return record;
    }

    /** What patients write, they tell themselves. */
    private static void tell(Resource record, Reference teller) {
        if (record instanceof Communication message) {
            message.setSender(teller);
        } else if (record instanceof MedicationAdministration taken) {
            taken.getPerformerFirstRep().setActor(teller);
        } else if (record instanceof MedicationStatement taken) {
            taken.setInformationSource(teller);
        } else if (record instanceof QuestionnaireResponse answers) {
            answers.setAuthor(teller);
        } else if (record instanceof Consent consent) {
            consent.getPerformerFirstRep().setReference(teller.getReference());
        }
    }

    static Parameters erase() {
        return new Parameters()
                .addParameter("patient", new Reference("Patient/" + Records.id("walk-erased-patient")))
                .addParameter("reason", new CodeType("objection"));
    }

    /** It lifts one that was never set, so that the order of the rows does not matter. */
    static Parameters lift() {
        return new Parameters()
                .addParameter("patient", new Reference("Patient/" + WalkWorld.PATIENT))
                .addParameter("lifted", true);
    }

    /** Closes what nobody has opened. */
    static Parameters ended() {
        return new Parameters().addParameter("ended", true);
    }

    static Parameters merge() {
        Parameters parameters = new Parameters();
        for (String name : Set.of("source-patient", "target-patient")) {
            parameters.addParameter(name, new Reference("Patient/" + Records.id("walk-merge-" + name)));
        }
        return parameters;
    }

    /** The world's Task is about a vital sign, which is final. */
    static Parameters signOff() {
        Parameters decision = new Parameters();
        decision.addParameter("decision", new CodeType("accept"));
        decision.addParameter("flag", new Reference("Observation/" + WalkWorld.VITAL));
        decision.addParameter("version", new IdType("1"));
        return decision;
    }
}
