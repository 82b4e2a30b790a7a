package eu.sinusnode.policy.consent;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sensitivities that records are labelled with here: codes of {@code v3-ActCode} below
 * {@code _ActInformationSensitivityPolicy} (HL7 Healthcare Privacy and Security Classification System, FHIR R4
 * v3-ActCode), among them all that IHE PCF advanced asks for.
 */
public final class Sensitivity {

    public static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private static final Set<String> CODES = new TreeSet<>(Set.of(
            "BH", "ETH", "ETHUD", "GDIS", "HIV", "OPIOIDUD", "PSY", "PSYTHPN", "SCA", "SDV", "SEX", "STD", "SUD"));

    /** What the code system places above a code. */
    private static final Map<String, String> WIDER = Map.of("ETHUD", "SUD", "OPIOIDUD", "SUD");

    private Sensitivity() {}

    public static Code of(String code) {
        return new Code(SYSTEM, code);
    }

    /** Whether records may carry the label. */
    public static boolean isKnown(Code label) {
        return label.system().equals(SYSTEM) && CODES.contains(label.code());
    }

    /** In the order of the alphabet. */
    public static Set<String> codes() {
        return CODES;
    }

    /**
     * The labels, and what follows from them: what is of a sensitivity is of the wider one too, and is restricted. So
     * a rule of the wider one, or of {@code R}, is about it, in a search too.
     */
    public static Set<Code> withWhatFollows(Set<Code> labels) {
        Set<Code> all = new LinkedHashSet<>(labels);
        for (Code label : labels) {
            if (isKnown(label)) {
                String wider = WIDER.get(label.code());
                if (wider != null) {
                    all.add(of(wider));
                }
                all.add(Confidentiality.RESTRICTED);
            }
        }
        return all;
    }
}
