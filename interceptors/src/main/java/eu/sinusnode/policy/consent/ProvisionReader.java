package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Consent.provisionDataComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;

/** Reads one provision within what those around it say, and refuses what cannot be understood. */
final class ProvisionReader {

    /** Purposes that a patient can decide on; own access and administration rest on other grounds. */
    private static final Set<Purpose> GRANTABLE =
            EnumSet.of(Purpose.TREAT, Purpose.HPAYMT, Purpose.HOPERAT, Purpose.CAREMGT, Purpose.HRESCH);

    private static final String ID = "[A-Za-z0-9\\-.]{1,64}";
    private static final Pattern ACTOR = Pattern.compile("(Organization|Practitioner|CareTeam)/" + ID);
    private static final Pattern INSTANCE = Pattern.compile("[A-Z][A-Za-z]+/" + ID);
    private static final Pattern AUTHOR =
            Pattern.compile("(Practitioner|PractitionerRole|Organization|Patient|RelatedPerson|Device)/" + ID);
    private static final Pattern WHOLE = Pattern.compile("(Encounter|CarePlan)/" + ID);

    private final ProvisionComponent provision;
    private final String path;
    private final ZoneId zone;
    private final Function<String, String> canonical;

    /** @param canonical gives for a reference what it is stored as, or itself */
    ProvisionReader(ProvisionComponent provision, String path, ZoneId zone, Function<String, String> canonical) {
        this.provision = provision;
        this.path = path;
        this.zone = zone;
        this.canonical = canonical;
    }

    /** Whoever is permitted something is told apart by Organization, and told for what. */
    static void requireRecipient(Said said, String path) {
        CannotEnforce.when(
                said.actors().isEmpty() || said.actors().stream().anyMatch(actor -> actor.startsWith("Practitioner/")),
                path + ".actor",
                "a permit must name the Organizations or CareTeams it is for, here or in a provision around it");
        CannotEnforce.when(
                said.purposes().isEmpty(),
                path + ".purpose",
                "a permit must name its purposes, here or in a provision around it");
    }

    Said within(Said around) {
        CannotEnforce.when(
                provision.hasModifierExtension(),
                path + ".modifierExtension",
                "an extension that changes the meaning is not supported; leave it out");
        CannotEnforce.when(
                provision.hasAction(), path + ".action", "a limit on actions is not supported; name purposes instead");
        Said said = new Said(
                actorsWithin(around.actors()),
                among(around.purposes(), purposes(), "purpose"),
                among(around.types(), types(), "class"),
                among(around.codes(), codes(), "code"),
                Said.both(around.labels(), labels()),
                among(around.data(), data(), "data"),
                dataPeriod(around.dataPeriod()),
                around.validity().and(validity()));
        CannotEnforce.when(
                said.data().stream().anyMatch(named -> named.instance() != null)
                        && !said.types().isEmpty(),
                path + ".data",
                "a provision that names records says their types already; leave the class out");
        return said;
    }

    /** What is not said is what those around say; what is said must be part of it, or it would never apply. */
    private <T> Set<T> among(Set<T> around, Set<T> said, String element) {
        if (said.isEmpty()) {
            return around;
        }
        CannotEnforce.when(
                !around.isEmpty() && !around.containsAll(said),
                path + "." + element,
                "a nested provision is an exception to the one around it and may name only what that one names too");
        return said;
    }

    /** A person of an Organization is an exception to it, wherever that person works besides. */
    private Set<String> actorsWithin(Set<String> around) {
        Set<String> actors = actors();
        return !actors.isEmpty() && actors.stream().allMatch(actor -> actor.startsWith("Practitioner/"))
                ? actors
                : among(around, actors, "actor");
    }

    private Set<String> actors() {
        Set<String> actors = new LinkedHashSet<>();
        for (int i = 0; i < provision.getActor().size(); i++) {
            provisionActorComponent actor = provision.getActor().get(i);
            String actorPath = path + ".actor[" + i + "]";
            CannotEnforce.when(
                    actor.hasModifierExtension(),
                    actorPath + ".modifierExtension",
                    "an extension that changes the meaning is not supported; leave it out");
            CannotEnforce.when(
                    !DirectiveCompiler.names(actor.getRole(), Codes.PARTICIPATION_TYPE, "IRCP"),
                    actorPath + ".role",
                    "the role of an actor must be IRCP, the recipient");
            actors.add(reference(
                    actor.getReference(),
                    ACTOR,
                    actorPath + ".reference",
                    "an actor must be an Organization or a CareTeam of the patient, in a deny also a Practitioner; instead of a"
                            + " PractitionerRole name its Organization or its Practitioner, instead of a Group each"
                            + " Organization"));
        }
        return actors;
    }

    private Set<Purpose> purposes() {
        Set<Purpose> purposes = new LinkedHashSet<>();
        for (Coding coding : provision.getPurpose()) {
            Optional<Purpose> purpose = Codes.ACT_REASON.equals(coding.getSystem()) && coding.hasCode()
                    ? Purpose.ofCode(coding.getCode()).filter(GRANTABLE::contains)
                    : Optional.empty();
            purposes.add(purpose.orElseThrow(
                    () -> new CannotEnforce(path + ".purpose", "a purpose must be one of " + GRANTABLE)));
        }
        return purposes;
    }

    private Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        for (Coding coding : provision.getClass_()) {
            CannotEnforce.when(
                    !Codes.RESOURCE_TYPES.equals(coding.getSystem()) || !isResourceType(coding.getCode()),
                    path + ".class",
                    "a class must be a code of " + Codes.RESOURCE_TYPES);
            types.add(coding.getCode());
        }
        return types;
    }

    private Set<Code> codes() {
        Set<Code> codes = new LinkedHashSet<>();
        for (CodeableConcept concept : provision.getCode()) {
            CannotEnforce.when(!concept.hasCoding(), path + ".code", "a code must have a coding");
            concept.getCoding().forEach(coding -> codes.add(code(coding, path + ".code", "a code")));
        }
        return codes;
    }

    private Set<Set<Code>> labels() {
        Set<Set<Code>> labels = new LinkedHashSet<>();
        for (Coding coding : provision.getSecurityLabel()) {
            String labelPath = path + ".securityLabel";
            Code label = code(coding, labelPath, "a security label");
            CannotEnforce.when(
                    label.system().equals(Confidentiality.SYSTEM) && !Confidentiality.isRank(label),
                    labelPath,
                    "a confidentiality must be one of U, L, M, N, R and V");
            labels.add(Set.of(label));
        }
        return labels;
    }

    private static Code code(Coding coding, String path, String what) {
        CannotEnforce.when(!coding.hasSystem() || !coding.hasCode(), path, what + " must have a system and a code");
        return new Code(coding.getSystem(), coding.getCode());
    }

    private Set<NamedData> data() {
        Set<NamedData> named = new LinkedHashSet<>();
        for (int i = 0; i < provision.getData().size(); i++) {
            provisionDataComponent data = provision.getData().get(i);
            String dataPath = path + ".data[" + i + "]";
            CannotEnforce.when(
                    data.hasModifierExtension(),
                    dataPath + ".modifierExtension",
                    "an extension that changes the meaning is not supported; leave it out");
            named.add(named(data, dataPath));
        }
        return named;
    }

    private NamedData named(provisionDataComponent data, String dataPath) {
        ConsentDataMeaning meaning = data.getMeaning() == null ? ConsentDataMeaning.NULL : data.getMeaning();
        String at = dataPath + ".reference";
        return switch (meaning) {
            case INSTANCE -> new NamedData(instance(data.getReference(), at), null);
            case AUTHOREDBY ->
                new NamedData(
                        null,
                        new Bond(
                                Bond.Kind.AUTHORED_BY,
                                reference(
                                        data.getReference(),
                                        AUTHOR,
                                        at,
                                        "an author must be a Practitioner, a PractitionerRole, an Organization, a Patient,"
                                                + " a RelatedPerson or a Device")));
            case RELATED ->
                new NamedData(
                        null,
                        new Bond(
                                Bond.Kind.RELATED,
                                reference(
                                        data.getReference(),
                                        WHOLE,
                                        at,
                                        "records are known to belong to an Encounter or a CarePlan; of anything else name"
                                                + " each record that is meant")));
            case DEPENDENTS, NULL ->
                throw new CannotEnforce(
                        dataPath + ".meaning",
                        "the meaning must be instance, authoredby or related: what depends on a record is not known;"
                                + " name each record that is meant");
        };
    }

    private String instance(Reference reference, String at) {
        String instance = reference(reference, INSTANCE, at, "data must name one record");
        CannotEnforce.when(
                !isResourceType(instance.substring(0, instance.indexOf('/'))),
                at,
                "data must name one record, of a type of R4");
        return instance;
    }

    private @Nullable Validity dataPeriod(@Nullable Validity around) {
        if (!provision.hasDataPeriod()) {
            return around;
        }
        for (DateTimeType day : List.of(
                provision.getDataPeriod().getStartElement(),
                provision.getDataPeriod().getEndElement())) {
            CannotEnforce.when(
                    day.hasValue() && day.hasTime(),
                    path + ".dataPeriod",
                    "the time of data is limited by days; leave the time of day out");
        }
        CannotEnforce.when(
                !provision.getDataPeriod().hasStart()
                        && !provision.getDataPeriod().hasEnd(),
                path + ".dataPeriod",
                "the period must have a start or an end");
        Validity own = Validity.ofData(provision.getDataPeriod(), zone);
        CannotEnforce.when(own.isEmpty(), path + ".dataPeriod", "the period ends before it starts");
        Validity both = around == null ? own : around.and(own);
        CannotEnforce.when(
                both.isEmpty(),
                path + ".dataPeriod",
                "the period lies outside that of the provision around it, so that the provision would never apply");
        return both;
    }

    private Validity validity() {
        if (!provision.hasPeriod()) {
            return Validity.ALWAYS;
        }
        Validity validity = Validity.of(provision.getPeriod(), zone);
        CannotEnforce.when(validity.isEmpty(), path + ".period", "the period ends before it starts");
        return validity;
    }

    private String reference(Reference reference, Pattern form, String at, String reason) {
        String literal = reference.getReference();
        String stored = literal == null ? "" : canonical.apply(literal);
        CannotEnforce.when(!form.matcher(stored).matches(), at, reason + ", named by a literal reference");
        return stored;
    }

    private static boolean isResourceType(@Nullable String code) {
        if (code == null) {
            return false;
        }
        try {
            ResourceType.fromCode(code);
            return true;
        } catch (FHIRException notOne) {
            return false;
        }
    }
}
