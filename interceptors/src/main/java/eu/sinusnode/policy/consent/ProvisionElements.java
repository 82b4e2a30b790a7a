package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.ResourceType;

/** Reads the elements of one provision, and refuses those that cannot be enforced. */
final class ProvisionElements {

    /** Purposes that a patient can permit; own access and administration rest on other grounds. */
    private static final Set<Purpose> GRANTABLE =
            EnumSet.of(Purpose.TREAT, Purpose.HPAYMT, Purpose.CAREMGT, Purpose.HRESCH);

    private ProvisionElements() {}

    static List<Purpose> purposes(ProvisionComponent provision, String path) {
        List<Purpose> purposes = new ArrayList<>();
        for (Coding coding : provision.getPurpose()) {
            Optional<Purpose> purpose = Codes.ACT_REASON.equals(coding.getSystem()) && coding.hasCode()
                    ? Purpose.ofCode(coding.getCode()).filter(GRANTABLE::contains)
                    : Optional.empty();
            purposes.add(purpose.orElseThrow(
                    () -> new CannotEnforce(path + ".purpose", "a purpose must be one of " + GRANTABLE)));
        }
        refuse(purposes.isEmpty(), path + ".purpose", "a permit must name its purpose");
        return purposes;
    }

    /** One empty element stands for every type. */
    static List<Optional<String>> types(ProvisionComponent provision, String path) {
        if (!provision.hasClass_()) {
            return List.of(Optional.empty());
        }
        List<Optional<String>> types = new ArrayList<>();
        for (Coding coding : provision.getClass_()) {
            boolean known = Codes.RESOURCE_TYPES.equals(coding.getSystem())
                    && coding.hasCode()
                    && isResourceType(coding.getCode());
            refuse(!known, path + ".class", "a class must be a code of " + Codes.RESOURCE_TYPES);
            types.add(Optional.of(coding.getCode()));
        }
        return types;
    }

    /** One empty element stands for every code. */
    static List<Optional<Code>> codes(ProvisionComponent provision, String path) {
        if (!provision.hasCode()) {
            return List.of(Optional.empty());
        }
        List<Optional<Code>> codes = new ArrayList<>();
        for (CodeableConcept concept : provision.getCode()) {
            refuse(!concept.hasCoding(), path + ".code", "a code must have a coding");
            for (Coding coding : concept.getCoding()) {
                refuse(
                        !coding.hasSystem() || !coding.hasCode(),
                        path + ".code",
                        "a code must have a system and a code");
                codes.add(Optional.of(new Code(coding.getSystem(), coding.getCode())));
            }
        }
        return codes;
    }

    static void refuseUnsupported(ProvisionComponent provision, String path) {
        refuse(provision.hasAction(), path + ".action", "a limit on actions is not supported");
        refuse(provision.hasSecurityLabel(), path + ".securityLabel", "a limit on security labels is not supported");
        refuse(provision.hasDataPeriod(), path + ".dataPeriod", "a limit on the time of data is not supported");
        refuse(provision.hasData(), path + ".data", "a limit on single records is not supported");
        refuse(
                provision.hasModifierExtension(),
                path + ".modifierExtension",
                "an extension that changes the meaning is not supported");
    }

    static void refuse(boolean unsupported, String path, String reason) {
        if (unsupported) {
            throw new CannotEnforce(path, reason);
        }
    }

    private static boolean isResourceType(String code) {
        try {
            ResourceType.fromCode(code);
            return true;
        } catch (FHIRException notOne) {
            return false;
        }
    }
}
