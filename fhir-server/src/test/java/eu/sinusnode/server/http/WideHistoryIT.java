package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.projection.Consents;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The history of a type for a clinic whom more patients permit everything than can be named. Without the {@link Crowd} the
 * same versions are told of those who are named.
 */
class WideHistoryIT extends RunningServer {

    private static final List<String> PEOPLE = List.of("mia", "noah", "olaf", "pia", "quentin");
    private static final String EXCEPTED = "I10.00";
    private static final SearchWorld WORLD = new SearchWorld("widehistory");
    private static boolean loaded;

    @BeforeEach
    void patients() {
        if (!loaded) {
            loaded = true;
            loadPatients();
        }
        crowd(true);
    }

    @AfterEach
    void leave() {
        crowd(false);
    }

    private void crowd(boolean there) {
        Crowd crowd = new Crowd(database, WORLD.clinicId());
        if (there) {
            crowd.gather();
        } else {
            crowd.leave();
        }
    }

    private static void loadPatients() {
        WORLD.clinic();
        PEOPLE.forEach(person -> WORLD.person(person, "Alt", "1950-05-01", false));
        // Olaf permits nothing, Quentin's care team has ended, and Pia permits everything but one diagnosis.
        permit("mia");
        permit("noah");
        permit("quentin");
        CareTeam ended = Records.careTeam(WORLD.id("team-quentin"), WORLD.id("quentin"), WORLD.clinicId());
        ended.getPeriod().setEndElement(new DateTimeType("2026-02-01"));
        load(Records.transaction(ended));
        Consent pia = consent("pia");
        Consents.permit(pia, WORLD.clinicId(), Purpose.TREAT)
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null))
                .addCode(new CodeableConcept(new Coding(Codes.ICD_10_GM, EXCEPTED, null)));
        load(Records.transaction(pia));
        for (int version = 1; version <= 3; version++) {
            for (String code : List.of("I48.0", EXCEPTED)) {
                for (String person : PEOPLE) {
                    load(Records.transaction(condition(person, code, "2026-03-0" + version)));
                }
            }
        }
    }

    private static Condition condition(String person, String code, String recorded) {
        Condition condition = new Condition();
        condition.setId(WORLD.id(person + "-" + code));
        condition.setSubject(new Reference("Patient/" + WORLD.id(person)));
        condition.getCode().addCoding(new Coding(Codes.ICD_10_GM, code, null));
        condition
                .getClinicalStatus()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null));
        condition.setRecordedDateElement(new DateTimeType(recorded));
        return condition;
    }

    private static Consent consent(String patient) {
        Consent consent = WalkWorld.consent(WORLD.id("consent-" + patient), WORLD.id(patient));
        consent.getProvision().getProvision().clear();
        return consent;
    }

    private static void permit(String patient) {
        Consent consent = consent(patient);
        Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT);
        load(Records.transaction(consent));
    }

    private static Answer ask(String history) {
        return get("/" + history, WORLD.clinician());
    }

    /** Each entry as {@code name/version}, in order. */
    private static List<String> versions(Bundle page) {
        return page.getEntry().stream().map(WideHistoryIT::version).toList();
    }

    private static String version(BundleEntryComponent entry) {
        IdType id = entry.getResource().getIdElement();
        return WORLD.names(new Bundle().addEntry(new BundleEntryComponent().setResource(entry.getResource())))
                        .get(0)
                + "/" + id.getVersionIdPart();
    }

    /** What all pages hold, each of them full, but for the last one. */
    private static List<String> paged(String history, int size) {
        List<String> found = new ArrayList<>();
        Answer answer = ask(history + "?_count=" + size);
        while (true) {
            assertThat(answer.status()).as(history + " " + answer.body()).isEqualTo(200);
            Bundle page = answer.bundle();
            assertThat(page.hasTotal()).isFalse();
            found.addAll(versions(page));
            BundleLinkComponent next = page.getLink("next");
            if (next == null) {
                return found;
            }
            assertThat(page.getEntry()).as(history).hasSize(size);
            answer = get(next.getUrl(), WORLD.clinician());
        }
    }

    @Test
    @Covers("http.html#history-type")
    void itTellsTheVersionsThatMayBeHadFromTheNewestOn() {
        List<String> expected = new ArrayList<>();
        for (int version = 3; version >= 1; version--) {
            for (String name : List.of("noah-" + EXCEPTED, "mia-" + EXCEPTED, "pia-I48.0", "noah-I48.0", "mia-I48.0")) {
                expected.add(name + "/" + version);
            }
        }
        for (int size : List.of(1, 2, 5, 15, 100)) {
            assertThat(paged("Condition/_history", size)).containsExactlyElementsOf(expected);
        }
        crowd(false);
        assertThat(paged("Condition/_history", 2)).containsExactlyElementsOf(expected);
        assertThat(paged("Condition/_history", 15)).containsExactlyElementsOf(expected);
    }

    @Test
    void aPageGoesOnWhenFewerPatientsPermitItByThen() {
        Bundle first = ask("Condition/_history?_count=2").bundle();
        crowd(false);
        Bundle named = ask("Condition/_history?_count=2").bundle();
        assertThat(versions(named)).isEqualTo(versions(first));
        assertThat(links(named)).isEqualTo(links(first));
        String next = first.getLink("next").getUrl();
        List<String> then = versions(get(next, WORLD.clinician()).bundle());
        crowd(true);
        assertThat(versions(get(next, WORLD.clinician()).bundle()))
                .isEqualTo(then)
                .hasSize(2);
        assertThat(get(next, TOKENS.clinician(Records.CLINIC)).status()).isEqualTo(410);
    }

    private static List<String> links(Bundle page) {
        return page.getLink().stream().map(BundleLinkComponent::getUrl).toList();
    }

    /** Not in what is shown, nor in whether there is a next page, nor in where that begins. */
    @Test
    void whatIsHiddenLeavesNoTrace() {
        for (boolean many : List.of(true, false)) {
            crowd(many);
            Bundle first = ask("Condition/_history?_count=4").bundle();
            Bundle all = ask("Condition/_history?_count=15").bundle();
            for (String hidden : List.of("olaf", "quentin")) {
                load(Records.transaction(condition(hidden, "I48.0", many ? "2026-04-01" : "2026-04-02")));
            }
            load(Records.transaction(condition("pia", EXCEPTED, many ? "2026-04-01" : "2026-04-02")));
            Bundle then = ask("Condition/_history?_count=4").bundle();
            assertThat(versions(then)).isEqualTo(versions(first));
            assertThat(links(then)).isEqualTo(links(first));
            assertThat(all.getLink("next")).isNull();
            assertThat(links(ask("Condition/_history?_count=15").bundle())).isEqualTo(links(all));
        }
    }

    @Test
    void aWithdrawalHoldsForTheNextPage() {
        Bundle first = ask("Condition/_history?_count=2").bundle();
        assertThat(versions(first)).containsExactly("noah-" + EXCEPTED + "/3", "mia-" + EXCEPTED + "/3");
        String next = first.getLink("next").getUrl();
        load(Records.transaction(consent("noah").setStatus(ConsentState.INACTIVE)));
        assertThat(versions(get(next, WORLD.clinician()).bundle())).containsExactly("pia-I48.0/3", "mia-I48.0/3");
        permit("noah");
        assertThat(versions(get(next, WORLD.clinician()).bundle())).containsExactly("pia-I48.0/3", "noah-I48.0/3");
    }

    @Test
    void aDeletionIsToldToThoseWhoMightHaveReadWhatWasDeleted() {
        for (String person : List.of("mia", "olaf")) {
            Goal goal = Ward.newGoal(WORLD.id(person), "Walk every day");
            goal.setId(WORLD.id("goal-" + person));
            load(Records.transaction(goal));
            assertThat(Ward.delete("/Goal/" + WORLD.id("goal-" + person), TOKENS.loader())
                            .status())
                    .isEqualTo(204);
        }
        Bundle history = ask("Goal/_history").bundle();
        assertThat(history.getEntry())
                .extracting(entry -> entry.getRequest().getMethod())
                .containsExactly(HTTPVerb.DELETE, HTTPVerb.POST);
        assertThat(json(history)).contains(WORLD.id("goal-mia")).doesNotContain(WORLD.id("goal-olaf"));
    }

    @Test
    void aWindowHolds() {
        Bundle all = ask("Condition/_history?_count=100").bundle();
        String from = all.getEntry()
                .get(4)
                .getResource()
                .getMeta()
                .getLastUpdatedElement()
                .getValueAsString()
                .replace("+", "%2B");
        assertThat(versions(ask("Condition/_history?_count=100&_since=" + from).bundle()))
                .isEqualTo(versions(all).subList(0, 5));
    }
}
