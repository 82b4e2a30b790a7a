package eu.sinusnode.policy.consent;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Consent;

/**
 * Turns a Consent into the directives that the server enforces. What a search could not be narrowed by, or what records do
 * not tell, is refused with the reason: it would protect nothing, or leak through what is counted.
 */
public final class ConsentCompiler {

    private final DirectiveCompiler compiler;

    /** @param zone where a date without a time begins and ends */
    public ConsentCompiler(ZoneId zone) {
        this.compiler = new DirectiveCompiler(zone);
    }

    /**
     * @param version of the Consent as stored, 1 or more
     * @return directives in the order of the provisions; a Consent that is not active has none, whatever it says
     */
    public Compilation compile(Consent consent, long version) {
        return compile(consent, version, reference -> reference);
    }

    /**
     * Compiles a Consent that is not stored yet, whose references may name records of the same transaction.
     *
     * @param canonical gives for a reference what it will be stored as, or itself
     */
    public Compilation compile(Consent consent, long version, Function<String, String> canonical) {
        Compilation compilation = compiler.compile(consent, version, canonical);
        if (compilation instanceof Compilation.Compiled compiled) {
            try {
                requireEnforceable(compiled.directives());
            } catch (CannotEnforce e) {
                return e.refused();
            }
        }
        return compilation;
    }

    private static void requireEnforceable(List<Directive> directives) {
        for (Directive directive : directives) {
            String path = "Consent." + directive.provision() + ".securityLabel";
            for (Code label : directive.target().labels()) {
                CannotEnforce.when(
                        directive.permits() && Confidentiality.isBelowNormal(label),
                        path,
                        "records are N at least here, so that this would be about none; name N, R or V");
                CannotEnforce.when(
                        !Confidentiality.isRank(label) && !Sensitivity.isKnown(label),
                        path,
                        "records do not carry this label here, so that this would be about none; name N, R or V, or of "
                                + Sensitivity.SYSTEM + " one of " + String.join(", ", Sensitivity.codes()));
            }
        }
    }
}
