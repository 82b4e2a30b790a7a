package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.consent.Directive.Effect;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;

/**
 * Turns a Consent (R4 consent.html; IHE PCF basic, intermediate and advanced) into directives. A nested provision is an
 * exception to the one around it: it says all that that one says, and more. What cannot be understood is refused, since leaving it out
 * would permit more, or protect less, than the patient meant.
 */
public final class DirectiveCompiler {

    /** How deep provisions may be nested below the root. */
    static final int MOST_LEVELS = 5;

    /** How many directives one Consent may make. */
    static final int MOST_DIRECTIVES = 1_000;

    static final String ROOT = "Consent.provision";

    private static final String PRIVACY_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
    private static final Pattern PATIENT = Pattern.compile("Patient/([A-Za-z0-9\\-.]{1,64})");

    private final ZoneId zone;

    /** @param zone where a date without a time begins and ends */
    public DirectiveCompiler(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param version of the Consent as stored, 1 or more
     * @param canonical gives for a reference what it will be stored as, or itself: a Consent that is not stored yet may name
     *     records of the same transaction
     * @return directives in the order of the provisions; a Consent that is not active has none, whatever it says
     */
    public Compilation compile(Consent consent, long version, Function<String, String> canonical) {
        try {
            return new Compilation.Compiled(new Run(consent, version, canonical).directives());
        } catch (CannotEnforce e) {
            return e.refused();
        }
    }

    private final class Run {
        private final Consent consent;
        private final long version;
        private final Function<String, String> canonical;
        private final String patientId;
        private final List<Directive> directives = new ArrayList<>();

        private Run(Consent consent, long version, Function<String, String> canonical) {
            this.consent = consent;
            this.version = version;
            this.canonical = canonical;
            CannotEnforce.when(
                    !names(consent.getScope(), PRIVACY_SCOPE, "patient-privacy"),
                    "Consent.scope",
                    "the scope must be patient-privacy");
            String literal = consent.getPatient().getReference();
            Matcher patient = PATIENT.matcher(literal == null ? "" : canonical.apply(literal));
            CannotEnforce.when(
                    !patient.matches(),
                    "Consent.patient",
                    "the patient must be a Patient, named by a literal reference");
            this.patientId = patient.group(1);
        }

        private List<Directive> directives() {
            if (consent.getStatus() != ConsentState.ACTIVE) {
                return List.of();
            }
            CannotEnforce.when(
                    consent.hasModifierExtension() || consent.hasImplicitRules(),
                    "Consent.modifierExtension",
                    "an extension or a rule that changes the meaning is not supported; leave it out");
            ProvisionComponent root = consent.getProvision();
            // R4 leaves the type of the root out; what nothing permits is denied.
            add(
                    root,
                    root.getType() == ConsentProvisionType.PERMIT ? Effect.PERMIT : Effect.DENY,
                    ROOT,
                    Said.NOTHING,
                    0);
            return directives;
        }

        private void add(ProvisionComponent provision, Effect effect, String path, Said around, int level) {
            Said said = new ProvisionReader(provision, path, zone, canonical).within(around);
            if (effect == Effect.PERMIT) {
                ProvisionReader.requireRecipient(said, path);
            }
            CannotEnforce.when(
                    directives.size() + said.combinations() > MOST_DIRECTIVES,
                    path,
                    "the Consent makes more than " + MOST_DIRECTIVES
                            + " rules, one for each actor, purpose, class, code, label and record; name fewer");
            if (!said.validity().isEmpty()) {
                make(effect, path.substring("Consent.".length()), said);
            }
            for (int i = 0; i < provision.getProvision().size(); i++) {
                ProvisionComponent nested = provision.getProvision().get(i);
                String nestedPath = path + ".provision[" + i + "]";
                CannotEnforce.when(
                        level == MOST_LEVELS,
                        nestedPath,
                        "provisions are nested deeper than " + MOST_LEVELS + " levels; say it in fewer");
                CannotEnforce.when(
                        !nested.hasType(), nestedPath + ".type", "a nested provision must be permit or deny");
                add(
                        nested,
                        nested.getType() == ConsentProvisionType.PERMIT ? Effect.PERMIT : Effect.DENY,
                        nestedPath,
                        said,
                        level + 1);
            }
        }

        private void make(Effect effect, String provision, Said said) {
            for (Optional<String> actor : anyOf(said.actors())) {
                for (Optional<Purpose> purpose : anyOf(said.purposes())) {
                    for (Target target : said.targets()) {
                        directives.add(new Directive(
                                effect,
                                patientId,
                                Optional.ofNullable(consent.getIdElement().getIdPart())
                                        .orElse(""),
                                version,
                                provision,
                                actor.orElse(null),
                                purpose.orElse(null),
                                target,
                                said.validity()));
                    }
                }
            }
        }
    }

    /** Each of them, or one empty element when there are none. */
    static <T> List<Optional<T>> anyOf(Set<T> values) {
        return values.isEmpty()
                ? List.of(Optional.empty())
                : values.stream().map(Optional::of).toList();
    }

    static boolean names(CodeableConcept concept, String system, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }
}
