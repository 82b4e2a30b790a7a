package eu.sinusnode.server.attack;

import static java.util.Objects.requireNonNull;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.projection.Consents;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * For each class of rule a clinic and an insurer whose patients hide something from them by it, or all, or permit them
 * nothing; and one clinic that everything of everybody is permitted to. What is open never changes; what is hidden does.
 */
final class RareMembers {

    static final String EVERYTHING = Records.id("rare-clinic-of-everything");

    private static final String AUTHOR = "Practitioner/" + Records.PRACTITIONER;

    /** Of each clinic, beside the others; they permit nothing. */
    private static final int WITHOUT_PERMIT = 4;

    private static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    private static final String SENSITIVITY = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    /** By which rule something is hidden. */
    enum Rule {
        PERMIT_OF_A_CODE,
        PERMIT_OF_A_CLASS,
        DENY_OF_A_CODE,
        DENY_OF_A_CLASS,
        PERMIT_OF_A_LABEL,
        DENY_OF_A_LABEL,
        PERMIT_OF_A_TIME,
        DENY_OF_A_TIME,
        DENY_OF_SINGLE_RECORDS,
        PERMIT_OF_AN_AUTHOR,
        DENY_OF_AN_AUTHOR,
        PERMIT_OF_A_STAY,
        DENY_OF_A_STAY,
        // Of these everything is hidden.
        DENY_OF_A_PERSON,
        PERMIT_OF_A_TEAM_LEFT,
        OTHER_PURPOSE,
        RESTRICTION,
        BREAK_GLASS_OVER,
        NO_PERMIT;

        String clinic() {
            return Records.id("rare-clinic-" + name());
        }

        String insurer() {
            return Records.id("rare-insurer-" + name());
        }

        private static final Set<Rule> PARTLY = Set.of(
                PERMIT_OF_A_CODE,
                PERMIT_OF_A_CLASS,
                DENY_OF_A_CODE,
                DENY_OF_A_CLASS,
                PERMIT_OF_A_LABEL,
                DENY_OF_A_LABEL,
                PERMIT_OF_A_TIME,
                DENY_OF_A_TIME,
                DENY_OF_SINGLE_RECORDS,
                PERMIT_OF_AN_AUTHOR,
                DENY_OF_AN_AUTHOR,
                PERMIT_OF_A_STAY,
                DENY_OF_A_STAY);

        /** No search can ask for them, and finds nothing of who says so. */
        private static final Set<Rule> BY_BOND =
                Set.of(PERMIT_OF_AN_AUTHOR, DENY_OF_AN_AUTHOR, PERMIT_OF_A_STAY, DENY_OF_A_STAY);

        boolean hidesEverything() {
            return !PARTLY.contains(this);
        }
    }

    /**
     * One patient.
     *
     * @param rule whose clinic and insurer the patient is of
     * @param own by which rule the patient hides something; null for one who permits everything and hides nothing
     */
    record Member(Rule rule, @Nullable Rule own, int number) {
        String name() {
            return rule + "-" + (own == null ? "open" : own.name()) + "-" + number;
        }

        String id() {
            return Records.id("rare-" + name());
        }

        String id(String record) {
            return Records.id("rare-" + name() + "-" + record);
        }

        boolean hidesEverything() {
            return own != null && own.hidesEverything();
        }
    }

    private RareMembers() {}

    /**
     * Several who share their limits are found by one search; whoever denies single records is found alone, and who excepts
     * authors or a stay beside others who except nothing.
     */
    static List<Member> of(Rule rule) {
        List<Member> members = new ArrayList<>();
        boolean alone = rule.hidesEverything() || rule == Rule.DENY_OF_SINGLE_RECORDS || Rule.BY_BOND.contains(rule);
        for (int i = 0; i < (alone ? 2 : 3); i++) {
            members.add(new Member(rule, rule, i));
        }
        if (alone) {
            members.add(new Member(rule, null, 0));
            members.add(new Member(rule, null, 1));
        }
        for (int i = 0; i < WITHOUT_PERMIT; i++) {
            members.add(new Member(rule, Rule.NO_PERMIT, 10 + i));
        }
        return members;
    }

    static List<Resource> organizations() {
        List<Resource> organizations = new ArrayList<>();
        organizations.add(Records.organization(EVERYTHING, "Clinic of everything"));
        for (Rule rule : Rule.values()) {
            organizations.add(Records.organization(rule.clinic(), "Clinic of " + rule));
            organizations.add(Records.organization(rule.insurer(), "Insurer of " + rule));
        }
        return organizations;
    }

    /** The patient, the links and what is open. */
    static List<Resource> open(Member member) {
        CareTeam team =
                Records.careTeam(member.id("team"), member.id(), member.rule().clinic());
        team.addParticipant().setMember(new Reference("Organization/" + EVERYTHING));
        CareTeam left =
                Records.careTeam(member.id("left"), member.id(), member.rule().clinic());
        left.setPeriod(Consents.period("2019-01-01", "2021-12-31"));
        Coverage coverage =
                Consents.coverage(member.id(), member.rule().insurer(), Consents.period("2019-01-01", null));
        coverage.setId(member.id("coverage"));
        List<Resource> records = new ArrayList<>(
                List.of(patient(member, 0), Records.cuff(member.id("cuff"), member.id()), team, left, coverage));
        if (member.own() == Rule.PERMIT_OF_A_STAY || member.own() == Rule.DENY_OF_A_STAY) {
            records.add(stay(member));
        }
        if (!member.hidesEverything()) {
            records.add(rate(member, "open-1", "2020-03-0" + (1 + member.number() % 9), 61 + member.number()));
            records.add(rate(member, "open-2", "2020-07-1" + (member.number() % 9), 74 - member.number()));
            records.add(goal(member, "open-goal", "2020-05-01"));
        }
        return records;
    }

    /** @param change 0 at first; each other number hides something else in the same place, and more of it */
    static List<Resource> hidden(Member member, int change) {
        List<Resource> records = new ArrayList<>();
        if (member.hidesEverything()) {
            records.add(patient(member, change));
        }
        for (int i = 0; member.own() != null && i < 2 + 4 * change; i++) {
            // Before, between and after all that is open.
            String day = (2017 + (i + change) % 9) + "-0" + (1 + (i + change) % 9) + "-0" + (1 + i % 9);
            records.addAll(hidden(member, "hidden-" + i, day, 100 + 10 * change + i));
        }
        records.add(consent(member, change));
        return records;
    }

    private static List<Resource> hidden(Member member, String name, String day, int value) {
        Observation rate = rate(member, name, day, value);
        return switch (requireNonNull(member.own())) {
            case PERMIT_OF_A_CODE, DENY_OF_A_CODE -> List.of(temperature(rate), condition(member, name, day));
            case PERMIT_OF_A_CLASS, DENY_OF_A_CLASS -> List.of(condition(member, name, day));
            case PERMIT_OF_A_LABEL -> List.of(label(rate, CONFIDENTIALITY, "R"), sorrow(member, name, day));
            case DENY_OF_A_LABEL -> List.of(label(rate, SENSITIVITY, "PSY"), sorrow(member, name, day));
            // All that is open is of 2020.
            case PERMIT_OF_A_TIME, DENY_OF_A_TIME ->
                day.startsWith("2020") ? List.of() : List.of(rate, condition(member, name, day));
            case DENY_OF_AN_AUTHOR ->
                List.of(
                        rate.addPerformer(new Reference(AUTHOR)),
                        condition(member, name, day).setRecorder(new Reference(AUTHOR)));
            case DENY_OF_A_STAY ->
                List.of(
                        rate.setEncounter(new Reference(stayOf(member))),
                        condition(member, name, day).setEncounter(new Reference(stayOf(member))));
            default -> List.of(rate, condition(member, name, day));
        };
    }

    private static Consent consent(Member member, int change) {
        Consent consent = HiddenConsents.newConsent(member.id(), member.rule().clinic());
        consent.setId(member.id("consent"));
        Consents.permit(consent, EVERYTHING, Purpose.TREAT);
        List<ProvisionComponent> permits = List.of(
                Consents.permit(consent, member.rule().clinic(), Purpose.TREAT),
                Consents.permit(consent, member.rule().insurer(), Purpose.HPAYMT));
        if (member.own() == null) {
            return consent;
        }
        permits.forEach(permit -> say(member, permit, change));
        switch (member.own()) {
            case NO_PERMIT, BREAK_GLASS_OVER ->
                consent.getProvision().getProvision().subList(1, 3).clear();
            case OTHER_PURPOSE -> {
                consent.getProvision().getProvision().remove(2);
                consent.getProvision()
                        .getProvision()
                        .get(1)
                        .getPurposeFirstRep()
                        .setCode(Purpose.CAREMGT.name());
            }
            case PERMIT_OF_A_TEAM_LEFT -> {
                consent.getProvision().getProvision().remove(2);
                consent.getProvision()
                        .getProvision()
                        .get(1)
                        .getActorFirstRep()
                        .setReference(new Reference("CareTeam/" + member.id("left")));
            }
            case DENY_OF_A_PERSON -> {
                consent.getProvision().getProvision().remove(2);
                deny(consent.getProvision().getProvision().get(1))
                        .addActor()
                        .setRole(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                        .setReference(new Reference("Practitioner/" + Records.PRACTITIONER));
            }
            default -> {}
        }
        return consent;
    }

    private static void say(Member member, ProvisionComponent permit, int change) {
        switch (requireNonNull(member.own())) {
            case PERMIT_OF_A_CODE -> ofClass(permit, "Observation").addCode(code(Codes.HEART_RATE));
            case PERMIT_OF_A_CLASS -> ofClass(permit, "Observation");
            case DENY_OF_A_CODE -> {
                ofClass(deny(permit), "Observation").addCode(code("8310-5"));
                ofClass(deny(permit), "Condition");
            }
            case DENY_OF_A_CLASS -> ofClass(deny(permit), "Condition");
            case PERMIT_OF_A_LABEL -> permit.addSecurityLabel(new Coding(CONFIDENTIALITY, "N", null));
            case DENY_OF_A_LABEL -> deny(permit).addSecurityLabel(new Coding(SENSITIVITY, "PSY", null));
            case PERMIT_OF_A_TIME -> permit.setDataPeriod(Consents.period("2020-01-01", "2020-12-31"));
            case DENY_OF_A_TIME -> {
                deny(permit).setDataPeriod(Consents.period(null, "2019-12-31"));
                deny(permit).setDataPeriod(Consents.period("2021-01-01", null));
            }
            case DENY_OF_SINGLE_RECORDS -> {
                ProvisionComponent denied = deny(permit);
                for (int i = 0; i < 2 + 4 * change; i++) {
                    for (String record : List.of(
                            "Observation/" + member.id("hidden-" + i),
                            "Condition/" + member.id("hidden-" + i + "-condition"))) {
                        denied.addData().setMeaning(ConsentDataMeaning.INSTANCE).setReference(new Reference(record));
                    }
                }
            }
            case PERMIT_OF_AN_AUTHOR -> authoredBy(permit, "Organization/" + EVERYTHING);
            case DENY_OF_AN_AUTHOR -> authoredBy(deny(permit), AUTHOR);
            case PERMIT_OF_A_STAY -> related(permit, stayOf(member));
            case DENY_OF_A_STAY -> related(deny(permit), stayOf(member));
            default -> {}
        }
    }

    private static void authoredBy(ProvisionComponent provision, String author) {
        provision.addData().setMeaning(ConsentDataMeaning.AUTHOREDBY).setReference(new Reference(author));
    }

    private static void related(ProvisionComponent provision, String stay) {
        provision.addData().setMeaning(ConsentDataMeaning.RELATED).setReference(new Reference(stay));
    }

    private static String stayOf(Member member) {
        return "Encounter/" + member.id("stay");
    }

    private static ProvisionComponent deny(ProvisionComponent permit) {
        return permit.addProvision().setType(ConsentProvisionType.DENY);
    }

    private static ProvisionComponent ofClass(ProvisionComponent provision, String type) {
        return provision.addClass_(new Coding(Codes.RESOURCE_TYPES, type, null));
    }

    private static CodeableConcept code(String loinc) {
        return new CodeableConcept(new Coding(Codes.LOINC, loinc, null));
    }

    private static Patient patient(Member member, int change) {
        Patient patient = Records.patient(member.id());
        patient.getNameFirstRep()
                .setFamily(change % 2 == 0 ? "Mittler" : "Aalen")
                .getGiven()
                .get(0)
                .setValue(member.name());
        patient.setBirthDateElement(new DateType((1940 + 7 * change) + "-02-03"));
        return patient;
    }

    private static Encounter stay(Member member) {
        Encounter stay = new Encounter();
        stay.setId(member.id("stay"));
        stay.setStatus(Encounter.EncounterStatus.FINISHED).setSubject(new Reference("Patient/" + member.id()));
        stay.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null));
        stay.setPeriod(Consents.period("2020-05-04", "2020-05-05"));
        return stay;
    }

    private static Observation rate(Member member, String name, String day, int value) {
        Observation rate = Records.heartRate(member.id(), member.id("cuff"), member.name() + "-" + name);
        rate.setId(member.id(name));
        rate.setEffective(new DateTimeType(day + "T08:00:00Z"));
        rate.getValueQuantity().setValue(BigDecimal.valueOf(value));
        return rate;
    }

    private static Observation temperature(Observation rate) {
        rate.getCode().getCodingFirstRep().setCode("8310-5");
        rate.setValue(new Quantity()
                .setValue(new BigDecimal("38.5"))
                .setUnit("Cel")
                .setSystem(Codes.UCUM)
                .setCode("Cel"));
        return rate;
    }

    private static Condition condition(Member member, String name, String day) {
        Condition condition = new Condition();
        condition.setId(member.id(name + "-condition"));
        condition.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null)));
        condition.setCode(new CodeableConcept(new Coding(Codes.ICD_10_GM, "I48.0", null)));
        condition.setSubject(new Reference("Patient/" + member.id()));
        condition.setOnset(new DateTimeType(day));
        return condition;
    }

    private static Condition sorrow(Member member, String name, String day) {
        Condition sorrow = condition(member, name, day);
        sorrow.getCode().getCodingFirstRep().setCode("F32.1");
        return sorrow;
    }

    private static Goal goal(Member member, String name, String day) {
        Goal goal = new Goal();
        goal.setId(member.id(name));
        goal.setLifecycleStatus(Goal.GoalLifecycleStatus.ACTIVE);
        goal.setDescription(new CodeableConcept().setText("Walk"));
        goal.setSubject(new Reference("Patient/" + member.id()));
        goal.setStart(new DateType(day));
        return goal;
    }

    private static <T extends Resource> T label(T resource, String system, String code) {
        resource.getMeta().addSecurity(new Coding(system, code, null));
        return resource;
    }
}
