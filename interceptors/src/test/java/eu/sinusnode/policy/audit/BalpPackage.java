package eu.sinusnode.policy.audit;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import eu.sinusnode.profiles.ProfileValidator;
import eu.sinusnode.profiles.ValidationIssue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.utilities.npm.NpmPackage;

/**
 * IHE's own package with the BALP profiles. It is another publisher's work and no part of this repository: it lies in
 * {@code shared/packages} beside the checkout, or in a folder above.
 */
final class BalpPackage {

    private static final Path FILE = Path.of("shared", "packages", "ihe.iti.balp-1.1.1.tgz");

    private final IValidationSupport definitions;
    private final ProfileValidator validator;

    private BalpPackage(FhirContext context, IValidationSupport definitions) {
        this.definitions = definitions;
        this.validator = new ProfileValidator(context, definitions);
    }

    /** Empty when the package is not there. */
    static Optional<BalpPackage> find(FhirContext context) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(FILE);
            if (Files.isRegularFile(file)) {
                return Optional.of(new BalpPackage(context, definitions(context, file)));
            }
        }
        return Optional.empty();
    }

    /** Errors of the event against R4 and every profile that it names. */
    List<String> errors(AuditEvent event) {
        return errors(validator.validate(event, List.of()));
    }

    /** Errors against one profile, named by its last part, e.g. {@code PatientRead}. */
    List<String> errors(AuditEvent event, String profile) {
        return errors(
                validator.validate(event, List.of(AuditCodes.BALP + "StructureDefinition/IHE.BasicAudit." + profile)));
    }

    /**
     * The role that a profile gives an agent. To the validator the slices client and server are nothing but their codes, so
     * it finds nothing wrong when both are there and swapped.
     *
     * @param agent {@code client}, {@code server}, {@code source} or {@code recipient}
     */
    Coding role(String profile, String agent) {
        StructureDefinition definition = (StructureDefinition)
                definitions.fetchStructureDefinition(AuditCodes.BALP + "StructureDefinition/IHE.BasicAudit." + profile);
        return definition.getSnapshot().getElement().stream()
                .filter(element -> element.getId().equals("AuditEvent.agent:" + agent + ".type"))
                .map(element -> ((CodeableConcept) element.getPattern()).getCodingFirstRep())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> errors(List<ValidationIssue> issues) {
        return issues.stream()
                .filter(ValidationIssue::isError)
                .map(issue -> issue.location() + ": " + issue.message())
                .toList();
    }

    private static IValidationSupport definitions(FhirContext context, Path file) {
        PrePopulatedValidationSupport support = new PrePopulatedValidationSupport(context);
        try (InputStream in = Files.newInputStream(file)) {
            NpmPackage balp = NpmPackage.fromPackage(in);
            for (String type : new String[] {"StructureDefinition", "ValueSet", "CodeSystem"}) {
                for (String name : balp.listResources(type)) {
                    add(support, (Resource) context.newJsonParser().parseResource(balp.loadResource(name)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return support;
    }

    private static void add(PrePopulatedValidationSupport support, Resource definition) {
        if (definition instanceof StructureDefinition profile) {
            support.addStructureDefinition(profile);
        } else if (definition instanceof ValueSet values) {
            support.addValueSet(values);
        } else if (definition instanceof CodeSystem codes) {
            support.addCodeSystem(codes);
        }
    }
}
