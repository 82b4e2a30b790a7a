package eu.sinusnode.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.IParser;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain.CacheConfiguration;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r4.model.Resource;

/**
 * Checks resources against R4 and the profiles that {@link ImposedProfiles} imposes, and against those profiles of
 * {@code meta.profile} that are known here; one that is not known is a warning.
 *
 * <p>It works offline: nothing is fetched. A code outside a required value set is an error; a code of a code system whose
 * content is not shipped (LOINC, SNOMED CT, ICD-10-GM) is a warning.
 *
 * <p>One instance serves a process: it is thread-safe, costs some seconds to build (definitions, snapshots) and answers in
 * about a millisecond once warm, and a vital sign or a summary of the plainest form in microseconds. At most as many resources are
 * checked at a time as the machine has processors; further callers wait.
 */
public final class ProfileValidator {

    private final FhirContext fhirContext;
    private final ValidatorPool validators;

    /** Loads {@link ProfilePackage} anew; {@code fhirContext} must be an R4 context. */
    public ProfileValidator(FhirContext fhirContext) {
        this(fhirContext, ProfilePackage.load(fhirContext).validationSupport());
    }

    /**
     * @param definitions where the profiles, code systems and value sets come from that R4 itself does not have, in the
     *     order in which they are asked
     */
    public ProfileValidator(FhirContext fhirContext, IValidationSupport... definitions) {
        this.fhirContext = fhirContext;
        ValidationSupportChain chain = new ValidationSupportChain(neverExpiring());
        chain.addValidationSupport(new DefaultProfileValidationSupport(fhirContext));
        for (IValidationSupport support : definitions) {
            chain.addValidationSupport(support);
        }
        chain.addValidationSupport(new FilteredValueSets(fhirContext));
        chain.addValidationSupport(new InMemoryTerminologyServerValidationSupport(fhirContext));
        chain.addValidationSupport(new CommonCodes(fhirContext));
        UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(fhirContext);
        unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
        chain.addValidationSupport(unknown);
        // For profiles of others that come without; ours have theirs.
        chain.addValidationSupport(new SnapshotGeneratingValidationSupport(fhirContext));
        WorkerContextValidationSupportAdapter worker =
                WorkerContextValidationSupportAdapter.newVersionSpecificWorkerContextWrapper(chain);
        worker.setLocale(Locale.ENGLISH);
        this.validators = new ValidatorPool(worker, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Every issue found, those of the imposed profiles included; the resource may be stored when none {@link
     * ValidationIssue#isError()}. What has one of the {@link PlainForms} has no issue, not even the warning that the content of
     * LOINC is not known.
     */
    public List<ValidationIssue> validate(Resource resource) {
        return PlainForms.isPlain(resource) ? List.of() : validate(resource, ImposedProfiles.of(resource));
    }

    /**
     * @param profiles canonical URLs of the profiles to check against, whatever the resource's type and code; none: plain
     *     R4
     * @throws IllegalArgumentException when one of them is not known
     */
    public List<ValidationIssue> validate(Resource resource, List<String> profiles) {
        return validators.validate(encode(resource), profiles);
    }

    private String encode(Resource resource) {
        IParser parser = fhirContext.newJsonParser();
        // A version in a reference is content: that of a risk flag's inputs is even required.
        parser.setStripVersionsFromReferences(false);
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
        return parser.encodeResourceToString(resource);
    }

    /** What is shipped does not change while the process runs. */
    private static CacheConfiguration neverExpiring() {
        return CacheConfiguration.defaultValues().setCacheTimeout(Duration.ofDays(3650));
    }
}
