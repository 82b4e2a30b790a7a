package eu.sinusnode.server.http;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.storage.Zone;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.jspecify.annotations.Nullable;

/**
 * Records of one patient that are drawn: of which type, with which codes and labels, and of which time. Half of the times
 * lie on the edges of the periods that rules name.
 */
final class DrawnRecords {

    /** Hours of UTC, of which two are the next day's where rules have their days. */
    private static final List<String> HOURS = List.of("T00:30:00Z", "T08:00:00Z", "T22:30:00Z", "T23:30:00Z");

    private static final int OLDEST = 450;

    private final SearchWorld world;
    private final String person;
    private final Random random;
    private final List<LocalDate> edges;
    private final LocalDate today;

    /**
     * @param person short name of the patient in the world
     * @param edges days on which the periods of rules begin and end
     */
    DrawnRecords(SearchWorld world, String person, Random random, List<LocalDate> edges, LocalDate today) {
        this.world = world;
        this.person = person;
        this.random = random;
        this.edges = edges.stream().filter(day -> day.isBefore(today)).toList();
        this.today = today;
    }

    /**
     * A record, and what rules look at.
     *
     * @param codes {@code system|code}; likewise the labels
     * @param time null when it tells none
     * @param authors {@code Type/id}
     * @param encounter {@code Type/id}; empty when it names none
     */
    record Drawn(
            Resource record,
            Set<String> codes,
            Set<String> labels,
            DecisionWorld.@Nullable Time time,
            Set<String> authors,
            String encounter) {

        Drawn(Resource record, Set<String> codes, Set<String> labels, DecisionWorld.@Nullable Time time) {
            this(record, codes, labels, time, Set.of(), "");
        }
    }

    List<Drawn> draw(int records) {
        List<Drawn> drawn = new ArrayList<>();
        while (drawn.size() < records) {
            Drawn next = next("drawn-" + drawn.size());
            drawn.add(new Drawn(
                    next.record,
                    next.codes,
                    labelled(next.record, next.labels),
                    next.time,
                    authored(next.record),
                    met(next.record)));
        }
        return drawn;
    }

    private Drawn next(String name) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> vitalSign(name);
            case 4, 5, 6 -> condition(name);
            case 7 -> prescribed(name);
            case 8 -> taken(name);
            default -> random.nextBoolean() ? ordered(name) : planned(name);
        };
    }

    private Drawn vitalSign(String name) {
        String at = day() + one(HOURS);
        Instant moment = Instant.parse(at);
        DecisionWorld.Time time = new DecisionWorld.Time(moment, moment.plusMillis(1));
        Set<String> codes = new HashSet<>();
        Observation vital;
        if (random.nextInt(4) == 0) {
            vital = world.pressure(person, name, 120 + random.nextInt(60), 70 + random.nextInt(30));
            vital.setEffective(new DateTimeType(at));
            codes.add(DecisionWorld.PRESSURE);
        } else {
            vital = world.heartRate(person, name, 50 + random.nextInt(60), at);
            codes.add(DecisionWorld.HEART_RATE);
            if (random.nextInt(3) == 0) {
                vital.getCode().addCoding(coding(DecisionWorld.PULSE));
                codes.add(DecisionWorld.PULSE);
            }
        }
        return new Drawn(vital, codes, Set.of(), time);
    }

    private Drawn condition(String name) {
        Condition condition = new Condition();
        condition.setId(world.id(name));
        condition.setSubject(patient());
        condition.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null)));
        condition.getCode().setText("Diagnosis");
        Set<String> codes = Set.of();
        Set<String> labels = Set.of();
        switch (random.nextInt(4)) {
            case 0 -> codes = Set.of(DecisionWorld.FIBRILLATION);
            case 1 -> {
                codes = Set.of(Codes.ICD_10_GM + "|B24");
                labels = Set.of(DecisionWorld.SENSITIVITY + "|HIV");
            }
            case 2 -> {
                codes = Set.of(Codes.ICD_10_GM + "|F32.1");
                labels = Set.of(DecisionWorld.SENSITIVITY + "|PSY");
            }
            default -> {
                // In words alone.
            }
        }
        codes.forEach(code -> condition.getCode().addCoding(coding(code)));
        LocalDate onset = random.nextInt(3) == 0 ? null : day();
        if (onset != null) {
            condition.setOnset(new DateTimeType(onset.toString()));
        }
        return new Drawn(condition, codes, labels, onset == null ? null : of(onset, onset));
    }

    private Drawn prescribed(String name) {
        MedicationRequest request = new MedicationRequest();
        request.setId(world.id(name));
        request.setStatus(MedicationRequestStatus.ACTIVE).setIntent(MedicationRequestIntent.ORDER);
        request.setSubject(patient());
        LocalDate day = day();
        request.setAuthoredOnElement(new DateTimeType(day.toString()));
        Drug drug = drug();
        request.setMedication(new CodeableConcept(coding(drug.code())));
        return new Drawn(request, Set.of(drug.code()), drug.labels(), of(day, day));
    }

    private Drawn taken(String name) {
        MedicationStatement statement = new MedicationStatement();
        statement.setId(world.id(name));
        statement.setStatus(MedicationStatementStatus.ACTIVE).setSubject(patient());
        LocalDate day = day();
        statement.setEffective(new DateTimeType(day.toString()));
        Drug drug = drug();
        statement.setMedication(new CodeableConcept(coding(drug.code())));
        return new Drawn(statement, Set.of(drug.code()), drug.labels(), of(day, day));
    }

    private record Drug(String code, Set<String> labels) {}

    private Drug drug() {
        return random.nextInt(3) == 0
                ? new Drug(DecisionWorld.ATC + "|N06AB04", Set.of(DecisionWorld.SENSITIVITY + "|PSY"))
                : new Drug(DecisionWorld.METOPROLOL, Set.of());
    }

    private Drawn ordered(String name) {
        ServiceRequest request = new ServiceRequest();
        request.setId(world.id(name));
        request.setStatus(ServiceRequestStatus.ACTIVE).setIntent(ServiceRequestIntent.ORDER);
        request.setSubject(patient()).getCode().setText("Exercise test");
        LocalDate day = day();
        request.setAuthoredOnElement(new DateTimeType(day.toString()));
        return new Drawn(request, Set.of(), Set.of(), of(day, day));
    }

    private Drawn planned(String name) {
        CarePlan plan = new CarePlan();
        plan.setId(world.id(name));
        plan.setStatus(CarePlanStatus.ACTIVE).setIntent(CarePlanIntent.PLAN);
        plan.setTitle("Walking").setSubject(patient());
        plan.setAuthor(new Reference("Organization/" + world.clinicId()));
        plan.addActivity()
                .getDetail()
                .setStatus(CarePlan.CarePlanActivityStatus.INPROGRESS)
                .setDescription("Walk");
        LocalDate first = day();
        LocalDate last = random.nextBoolean() ? null : first.plusDays(random.nextInt(200));
        Period period = new Period().setStartElement(new DateTimeType(first.toString()));
        if (last != null) {
            period.setEndElement(new DateTimeType(last.toString()));
        }
        plan.setPeriod(period);
        return new Drawn(plan, Set.of(), Set.of(), of(first, last));
    }

    /** By nobody who is named, by one or, where a type has several, by two. */
    private Set<String> authored(Resource record) {
        Set<String> authors = new HashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            authors.add(one(List.of("Practitioner/" + Records.PRACTITIONER, "Organization/" + world.clinicId())));
        }
        if (record instanceof Observation vital) {
            authors.forEach(author -> vital.addPerformer(new Reference(author)));
        } else if (record instanceof CarePlan plan) {
            authors.forEach(author -> plan.addContributor(new Reference(author)));
            authors.add(plan.getAuthor().getReference());
        } else {
            if (record instanceof Condition) {
                // An Organization writes no diagnosis down.
                authors.removeIf(author -> author.startsWith("Organization/"));
            }
            Set<String> some = authors.isEmpty() ? Set.of() : Set.of(one(List.copyOf(authors)));
            some.forEach(author -> author(record, new Reference(author)));
            return some;
        }
        return authors;
    }

    private static void author(Resource record, Reference author) {
        if (record instanceof MedicationRequest request) {
            request.setRequester(author);
        } else if (record instanceof MedicationStatement statement) {
            statement.setInformationSource(author);
        } else if (record instanceof ServiceRequest request) {
            request.setRequester(author);
        } else {
            ((Condition) record).setRecorder(author);
        }
    }

    private String met(Resource record) {
        if (random.nextInt(3) > 0) {
            return "";
        }
        String encounter = "Encounter/" + world.id("stay");
        Reference stay = new Reference(encounter);
        if (record instanceof Observation vital) {
            vital.setEncounter(stay);
        } else if (record instanceof CarePlan plan) {
            plan.setEncounter(stay);
        } else if (record instanceof MedicationRequest request) {
            request.setEncounter(stay);
        } else if (record instanceof MedicationStatement statement) {
            statement.setContext(stay);
        } else if (record instanceof ServiceRequest request) {
            request.setEncounter(stay);
        } else {
            ((Condition) record).setEncounter(stay);
        }
        return encounter;
    }

    private Reference patient() {
        return new Reference("Patient/" + world.id(person));
    }

    /** States a label or none; what is of a sensitivity is restricted as well. */
    private Set<String> labelled(Resource record, Set<String> byCode) {
        Set<String> labels = new HashSet<>(byCode);
        String stated =
                switch (random.nextInt(9)) {
                    case 0 -> DecisionWorld.CONFIDENTIALITY + "|R";
                    case 1 -> DecisionWorld.CONFIDENTIALITY + "|V";
                    case 2 -> DecisionWorld.SENSITIVITY + "|PSY";
                    case 3 -> DecisionWorld.SENSITIVITY + "|HIV";
                    default -> "";
                };
        if (!stated.isEmpty()) {
            labels.add(stated);
            record.getMeta().addSecurity(coding(stated));
        }
        if (labels.stream().anyMatch(label -> label.startsWith(DecisionWorld.SENSITIVITY))) {
            labels.add(DecisionWorld.CONFIDENTIALITY + "|R");
        }
        return labels;
    }

    private LocalDate day() {
        return random.nextBoolean()
                ? today.minusDays(1 + random.nextInt(OLDEST))
                : one(edges).plusDays(random.nextInt(3) - 1L);
    }

    /** @param last null when it is open */
    private static DecisionWorld.Time of(LocalDate first, @Nullable LocalDate last) {
        return new DecisionWorld.Time(midnight(first), last == null ? null : midnight(last.plusDays(1)));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(Zone.OF_DATES).toInstant();
    }

    private static Coding coding(String token) {
        int bar = token.lastIndexOf('|');
        return new Coding(token.substring(0, bar), token.substring(bar + 1), null);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
