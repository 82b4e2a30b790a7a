package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** The truth table of signed withdrawals, and any Consents: what is withdrawn ends, and nothing opens. */
class WithdrawalTest {

    private static final int CASES = 20_000;
    private static final int RECORDS_EACH = 10;

    private static final String CLINIC = "Organization/a";
    private static final String OTHER = "Organization/b";
    private static final String TEAM = "CareTeam/both";
    private static final Reference PAPER = new Reference("Consent/paper");
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
    private static final int DAYS = 8;
    private static final List<String> TYPES = List.of("Observation", "Condition", "Patient", "Bundle");
    private static final List<Code> CODES = List.of(new Code(Codes.LOINC, "1"), new Code(Codes.LOINC, "2"));
    private static final List<Code> LABELS = List.of(
            new Code(Confidentiality.SYSTEM, "N"),
            new Code(Confidentiality.SYSTEM, "R"),
            new Code(Confidentiality.SYSTEM, "V"),
            new Code(Sensitivity.SYSTEM, "HIV"));

    private final ConsentCompiler compiler = new ConsentCompiler(ZoneOffset.UTC);
    private final Random random = new Random(20_261_128L);
    private final DrawnConsents drawn = new DrawnConsents(
            random,
            new DrawnConsents.Words(
                    List.of(CLINIC, OTHER, TEAM),
                    List.of("Practitioner/x"),
                    List.of("TREAT", "HRESCH"),
                    TYPES,
                    CODES,
                    LABELS,
                    TYPES.stream().map(type -> type + "/0").toList(),
                    IntStream.range(0, 2 * DAYS).mapToObj(FIRST_DAY::plusDays).toList()));

    @Test
    void whatAConsentThatIsNamedPermitsEndsAndNothingOpens() {
        int edited = 0;
        for (int i = 0; i < CASES / RECORDS_EACH; i++) {
            List<Consent> before = consents();
            Consent named = before.get(0);
            Optional<Consent> after = Withdrawal.ofAll(compiler, PAPER).of(named);
            List<Consent> left = new ArrayList<>(before);
            left.set(0, after.orElse(named));
            edited += after.filter(each -> each.getStatus() == ConsentState.ACTIVE)
                            .isPresent()
                    ? 1
                    : 0;
            for (int j = 0; j < RECORDS_EACH; j++) {
                SlowReference.Asked asked = asked(random.nextBoolean() ? CLINIC : OTHER);
                assertThat(permits(List.of(left.get(0)), asked))
                        .as(() -> asked + text(before))
                        .isFalse();
                assertThat(permits(left, asked) && !permits(before, asked))
                        .as(() -> asked + " opened by the withdrawal of the first of" + text(before))
                        .isFalse();
            }
        }
        assertThat(edited).isGreaterThan(CASES / RECORDS_EACH / 20);
    }

    @Test
    void whatTheClinicIsPermittedEndsAndWhatOthersAreDoesNot() {
        int lost = 0;
        int kept = 0;
        for (int i = 0; i < CASES / RECORDS_EACH; i++) {
            List<Consent> before = consents();
            List<Consent> left = before.stream()
                    .map(each ->
                            Withdrawal.from(compiler, CLINIC, PAPER).of(each).orElse(each))
                    .toList();
            assertThat(left)
                    .allSatisfy(each -> assertThat(compiler.compile(each, 1)).isInstanceOf(Compilation.Compiled.class));
            boolean teamsByLabel = before.stream().anyMatch(each -> namesTeam(each.getProvision()));
            for (int j = 0; j < RECORDS_EACH; j++) {
                SlowReference.Asked ofClinic = asked(CLINIC);
                assertThat(permits(left, ofClinic))
                        .as(() -> ofClinic + text(before) + text(left))
                        .isFalse();
                lost += permits(before, ofClinic) ? 1 : 0;
                SlowReference.Asked ofOther = asked(OTHER);
                boolean was = permits(before, ofOther);
                boolean is = permits(left, ofOther);
                assertThat(is && !was)
                        .as(() -> ofOther + text(before) + text(left))
                        .isFalse();
                if (!teamsByLabel) {
                    assertThat(is).as(() -> ofOther + text(before) + text(left)).isEqualTo(was);
                    kept += was ? 1 : 0;
                }
            }
        }
        assertThat(lost).isGreaterThan(CASES / 20);
        assertThat(kept).isGreaterThan(CASES / 100);
    }

    /** What is left of a permit, by whom it names and what is around and in it. */
    @Test
    void theFormsOfAPermit() {
        assertThat(from(permit(denying(), CLINIC)).getStatus()).isEqualTo(ConsentState.INACTIVE);

        Consent two = denying();
        permit(two, CLINIC);
        permit(two, OTHER);
        Consent one = from(two);
        assertThat(one.getStatus()).isEqualTo(ConsentState.ACTIVE);
        assertThat(actors(one.getProvision().getProvision())).containsExactly("permit [" + OTHER + "]");
        assertThat(one.getSource().equalsDeep(PAPER)).isTrue();
        assertThat(one.getVerification()).isEmpty();
        assertThat(two.getSource()).as("the stored one is left as it is").isInstanceOf(Attachment.class);

        Consent together = permit(denying(), CLINIC, OTHER);
        assertThat(actors(from(together).getProvision().getProvision())).containsExactly("permit [" + OTHER + "]");

        Consent team = permit(denying(), TEAM);
        assertThat(actors(from(team).getProvision().getProvision()))
                .containsExactlyInAnyOrder("permit [" + TEAM + "]", "deny [" + CLINIC + "]");

        Consent excepted = permit(denying(), CLINIC);
        excepted.getProvision()
                .getProvisionFirstRep()
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addCode(new CodeableConcept(new Coding(Codes.LOINC, "1", null)));
        assertThat(actors(from(excepted).getProvision().getProvision())).containsExactly("deny [" + CLINIC + "]");

        assertThat(Withdrawal.from(compiler, CLINIC, PAPER).of(permit(denying(), OTHER)))
                .isEmpty();
        assertThat(Withdrawal.ofAll(compiler, PAPER).of(denying()))
                .as("it permits nothing")
                .isEmpty();
        assertThat(Withdrawal.ofAll(compiler, PAPER).of(permit(denying(), OTHER).setStatus(ConsentState.INACTIVE)))
                .isEmpty();
    }

    @Test
    void aWithdrawalSaysNothingElse() {
        assertThat(Withdrawal.isOne(denying())).isTrue();
        Consent permits = denying();
        permits.getProvision().setType(ConsentProvisionType.PERMIT);
        assertThat(Withdrawal.isOne(permits)).isFalse();
        assertThat(Withdrawal.isOne(permit(denying(), CLINIC))).isFalse();
        Consent some = denying();
        some.getProvision().addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        assertThat(Withdrawal.isOne(some)).isFalse();
    }

    private Consent from(Consent stored) {
        return Withdrawal.from(compiler, CLINIC, PAPER).of(stored).orElseThrow();
    }

    private static List<String> actors(List<ProvisionComponent> provisions) {
        return provisions.stream()
                .map(each -> each.getType().toCode() + " "
                        + each.getActor().stream()
                                .map(actor -> actor.getReference().getReference())
                                .toList())
                .toList();
    }

    private static Consent denying() {
        Consent consent = Records.withId(Records.consent(World.ANNA), "c1");
        consent.setStatus(ConsentState.ACTIVE);
        consent.setProvision(new ProvisionComponent().setType(ConsentProvisionType.DENY));
        consent.setSource(new Attachment().setTitle("paper"));
        consent.addVerification().setVerified(true);
        return consent;
    }

    private static Consent permit(Consent consent, String... actors) {
        ProvisionComponent permit = consent.getProvision().addProvision().setType(ConsentProvisionType.PERMIT);
        for (String actor : actors) {
            permit.addActor()
                    .setRole(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                    .setReference(new Reference(actor));
        }
        permit.addPurpose(new Coding(Codes.ACT_REASON, "TREAT", null));
        return consent;
    }

    private List<Consent> consents() {
        List<Consent> consents = new ArrayList<>();
        for (int most = 1 + random.nextInt(3); consents.size() < most; ) {
            Consent consent = Records.withId(Records.consent(World.ANNA), "c" + random.nextInt(1_000));
            drawn.fill(consent, DrawnConsents.ALL_LIMITS);
            if (compiler.compile(consent, 1) instanceof Compilation.Compiled) {
                consents.add(consent);
            }
        }
        return consents;
    }

    /** Both Organizations take part in the team. */
    private static boolean permits(List<Consent> consents, SlowReference.Asked asked) {
        List<Consent> named = consents.stream().map(Consent::copy).toList();
        named.forEach(consent -> resolve(consent.getProvision()));
        return new SlowReference(ZoneOffset.UTC).permits(named, asked);
    }

    private static void resolve(ProvisionComponent provision) {
        if (provision.getActor().stream()
                .anyMatch(actor -> TEAM.equals(actor.getReference().getReference()))) {
            Set<String> names = provision.getActor().stream()
                    .map(actor -> actor.getReference().getReference())
                    .collect(Collectors.toCollection(HashSet::new));
            names.remove(TEAM);
            names.addAll(List.of(CLINIC, OTHER));
            provision.setActor(null);
            names.forEach(name -> provision.addActor().setReference(new Reference(name)));
        }
        provision.getProvision().forEach(WithdrawalTest::resolve);
    }

    private static boolean namesTeam(ProvisionComponent provision) {
        return provision.getActor().stream()
                        .anyMatch(actor -> TEAM.equals(actor.getReference().getReference()))
                || provision.getProvision().stream().anyMatch(WithdrawalTest::namesTeam);
    }

    /** As records are stored: the sensitive are restricted. */
    private SlowReference.Asked asked(String organization) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        Set<Code> labels = random.nextBoolean() ? Set.of() : Set.of(LABELS.get(random.nextInt(LABELS.size())));
        Instant low = FIRST_DAY
                .plusDays(random.nextInt(DAYS))
                .atStartOfDay(ZoneOffset.UTC)
                .plusHours(random.nextInt(24))
                .toInstant();
        return new SlowReference.Asked(
                random.nextBoolean() ? Set.of(organization) : Set.of(organization, "Practitioner/x"),
                random.nextBoolean() ? "TREAT" : "HRESCH",
                type,
                type + "/" + random.nextInt(2),
                random.nextBoolean()
                        ? Set.of()
                        : Set.of(CODES.get(random.nextInt(CODES.size())).token()),
                Sensitivity.withWhatFollows(labels).stream().map(Code::token).collect(Collectors.toSet()),
                low,
                low.plusSeconds(3_600),
                random.nextInt(4) > 0,
                FIRST_DAY.plusDays(random.nextInt(DAYS)).atTime(12, 0).toInstant(ZoneOffset.UTC));
    }

    private static String text(List<Consent> consents) {
        return "\n"
                + consents.stream()
                        .map(consent -> ca.uhn.fhir.context.FhirContext.forR4Cached()
                                .newJsonParser()
                                .encodeResourceToString(consent))
                        .collect(Collectors.joining("\n"));
    }
}
