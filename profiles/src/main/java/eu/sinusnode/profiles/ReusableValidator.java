package eu.sinusnode.profiles;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.validator.FhirDefaultPolicyAdvisor;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.model.CodeableConcept;
import org.hl7.fhir.r5.model.Coding;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.ValueSet;
import org.hl7.fhir.r5.terminologies.utilities.ValidationResult;
import org.hl7.fhir.r5.utils.validation.ValidatorSession;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.IdStatus;
import org.hl7.fhir.r5.utils.xver.XVerExtensionManagerOld;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidatorSettings;
import org.hl7.fhir.validation.instance.InstanceValidator;
import org.hl7.fhir.validation.instance.utils.NodeStack;

/**
 * The reference validator, set up once and used for many resources, one after the other.
 *
 * <p>HAPI's own {@code FhirInstanceValidator} builds a new one for each resource, and that is what makes it slow: each
 * reads a register of 21,350 OIDs anew. The reference validator clears its state at the start of every resource; only what
 * it gathers for reports that nobody asks for here (every coding seen, every text beside a code) would grow, so that is
 * not gathered or dropped.
 */
final class ReusableValidator {

    /** Bounds what a validator may have gathered; a new one costs about 10 ms. */
    private static final int SPENT_AFTER = 5_000;

    private final IWorkerContext worker;
    private final Core core;
    private int used;

    ReusableValidator(IWorkerContext worker) {
        this.worker = worker;
        this.core = new Core(worker);
    }

    boolean isSpent() {
        return used >= SPENT_AFTER;
    }

    List<ValidationIssue> validate(String json, List<String> profileUrls) {
        used++;
        List<StructureDefinition> profiles =
                profileUrls.stream().map(this::fetch).toList();
        List<ValidationMessage> messages = new ArrayList<>();
        core.validate(
                null,
                messages,
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                FhirFormat.JSON,
                profiles);
        core.getTextsToCheck().clear();
        return IssueTranslation.translate(messages);
    }

    private StructureDefinition fetch(String url) {
        StructureDefinition profile = worker.fetchResource(StructureDefinition.class, url);
        if (profile == null) {
            throw new IllegalArgumentException("No profile is known by the canonical URL " + url);
        }
        return profile;
    }

    /** The reference validator without its memory of every coding it ever saw. */
    private static final class Core extends InstanceValidator {

        Core(IWorkerContext worker) {
            super(
                    worker,
                    new ReferencedTypes(),
                    new XVerExtensionManagerOld(worker),
                    new ValidatorSession(),
                    new ValidatorSettings());
            setAssumeValidRestReferences(true);
            setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
            setAnyExtensionsAllowed(true);
            setResourceIdRule(IdStatus.OPTIONAL);
            setErrorForUnknownProfiles(false);
            setUnknownCodeSystemsCauseErrors(true);
            setPolicyAdvisor(new FhirDefaultPolicyAdvisor());
            setNoBindingMsgSuppressed(true);
            setNoExtensibleWarnings(true);
            setAllowExamples(true);
        }

        @Override
        public ValidationResult checkCodeOnServer(
                NodeStack stack, String code, String system, String version, String display, boolean checkDisplay) {
            return context.validateCode(
                    settings.withLanguage(getValidationOptionsLanguage(stack)),
                    system,
                    version,
                    code,
                    checkDisplay ? display : null);
        }

        @Override
        public ValidationResult checkCodeOnServer(NodeStack stack, ValueSet valueSet, Coding coding) {
            return context.validateCode(settings.withLanguage(getValidationOptionsLanguage(stack)), coding, valueSet);
        }

        @Override
        public ValidationResult checkCodeOnServer(NodeStack stack, ValueSet valueSet, CodeableConcept concept) {
            return context.validateCode(settings.withLanguage(getValidationOptionsLanguage(stack)), concept, valueSet);
        }
    }
}
