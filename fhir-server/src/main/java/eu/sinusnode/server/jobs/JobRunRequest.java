package eu.sinusnode.server.jobs;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedDetail;
import eu.sinusnode.policy.audit.JobRun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a job sends of its run: for the audit its start and its end, and for the meters how far it has come. All of it goes into the audit in plain text, so each value has a form that holds codes,
 * numbers and names of models, and no sentence; but for who took a model out of the shadow, as what, and why.
 *
 * @param audited null when it only tells how far it has come
 * @param share of the work that is done, 0 to 1; null but when it tells how far it has come
 * @param counts of what was done; none of a start
 */
record JobRunRequest(
        Phase phase,
        UUID run,
        String job,
        @Nullable JobRun audited,
        @Nullable BigDecimal share,
        List<AuditedDetail> counts) {

    static final int MOST_MODELS = 20;
    static final int MOST_COUNTS = 30;

    private static final Pattern RUN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern JOB = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._,:+-]{0,199}");
    private static final String MODEL_IN_WORDS = "a string of letters, digits and ._,:+- on one line";
    /** Names and words of somebody who decides on a model, never of a patient. */
    private static final Pattern NAMED = Pattern.compile("\\S[^\\p{Cntrl}]{0,98}\\S");

    private static final Pattern REASON = Pattern.compile("\\S[^\\p{Cntrl}]{8,1998}\\S");
    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,20}");
    private static final Pattern COUNTED = Pattern.compile("[a-z][A-Za-z]{0,39}");
    private static final BigDecimal MOST = BigDecimal.TEN.pow(15);

    enum Phase {
        START(Set.of("model", "asOf", "since")),
        PROGRESS(Set.of("share", "count")),
        END(Set.of("outcome", "count")),
        LIFT(Set.of("model", "by", "role", "reason"));

        private static final Set<String> ALWAYS = Set.of("phase", "run", "job");
        private static final Set<String> REPEATED = Set.of("model", "count");

        private final Set<String> own;

        Phase(Set<String> own) {
            this.own = own;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean takes(String parameter) {
            return ALWAYS.contains(parameter) || own.contains(parameter);
        }
    }

    /** @throws BaseServerResponseException 400 when it is not of its form */
    static JobRunRequest read(@Nullable IBaseResource body) {
        if (!(body instanceof Parameters parameters)) {
            throw malformed("the body is Parameters with phase, run and job");
        }
        Phase phase = phase(parameters);
        checkNames(parameters, phase);
        UUID run = UUID.fromString(text(parameters, "run", IdType.class, RUN, "an id that is a UUID in small letters"));
        String job = text(parameters, "job", CodeType.class, JOB, "a code of small letters, digits and hyphens");
        return switch (phase) {
            case START ->
                new JobRunRequest(phase, run, job, JobRun.started(run, job, start(parameters)), null, List.of());
            case PROGRESS -> new JobRunRequest(phase, run, job, null, share(parameters), counts(parameters));
            case LIFT -> new JobRunRequest(phase, run, job, JobRun.lifted(run, job, lift(parameters)), null, List.of());
            case END -> {
                List<AuditedDetail> counts = counts(parameters);
                yield new JobRunRequest(
                        phase, run, job, JobRun.ended(run, job, completed(parameters), counts), null, counts);
            }
        };
    }

    private static Phase phase(Parameters parameters) {
        return Arrays.stream(Phase.values())
                .filter(phase -> all(parameters, "phase").stream()
                        .anyMatch(each -> each.getValue() instanceof CodeType code
                                && phase.code().equals(code.getValue())))
                .findFirst()
                .orElseThrow(() -> malformed("phase is the code start, progress, end or lift"));
    }

    private static void checkNames(Parameters parameters, Phase phase) {
        Set<String> seen = new HashSet<>();
        for (ParametersParameterComponent each : parameters.getParameter()) {
            String name = String.valueOf(each.getName());
            if (!phase.takes(name)) {
                throw malformed(
                        "each takes phase, run and job; a start model, asOf and since, a progress share and count, an end"
                                + " outcome and count, a lift model, by, role and reason");
            }
            if (!seen.add(name) && !Phase.REPEATED.contains(name)) {
                throw malformed(name + " may be there once");
            }
        }
    }

    private static List<AuditedDetail> start(Parameters parameters) {
        List<ParametersParameterComponent> models = all(parameters, "model");
        if (models.isEmpty() || models.size() > MOST_MODELS) {
            throw malformed("model is there once for each model, 1 to " + MOST_MODELS + " times");
        }
        List<AuditedDetail> details = new ArrayList<>();
        for (ParametersParameterComponent model : models) {
            details.add(new AuditedDetail("model", text(model, StringType.class, MODEL, MODEL_IN_WORDS)));
        }
        for (ParametersParameterComponent asOf : all(parameters, "asOf")) {
            if (!(asOf.getValue() instanceof InstantType instant) || !instant.hasValue()) {
                throw malformed("asOf is an instant");
            }
            details.add(new AuditedDetail("asOf", instant.getValueAsString()));
        }
        for (ParametersParameterComponent since : all(parameters, "since")) {
            String sequence = text(since, StringType.class, SEQUENCE, "the sequence of an earlier answer, as a string");
            details.add(new AuditedDetail("since", sequence));
        }
        return details;
    }

    private static List<AuditedDetail> lift(Parameters parameters) {
        if (all(parameters, "model").size() > 1) {
            throw malformed("a lift is of one model");
        }
        return List.of(
                new AuditedDetail("model", text(parameters, "model", StringType.class, MODEL, MODEL_IN_WORDS)),
                new AuditedDetail("by", text(parameters, "by", StringType.class, NAMED, "who decides, on one line")),
                new AuditedDetail("role", text(parameters, "role", StringType.class, NAMED, "as what, on one line")),
                new AuditedDetail(
                        "reason",
                        text(
                                parameters,
                                "reason",
                                StringType.class,
                                REASON,
                                "why: one line of 10 to 2000 characters")));
    }

    private static boolean completed(Parameters parameters) {
        return text(parameters, "outcome", CodeType.class, Pattern.compile("completed|failed"), "completed or failed")
                .equals("completed");
    }

    private static BigDecimal share(Parameters parameters) {
        return all(parameters, "share").stream()
                .map(ParametersParameterComponent::getValue)
                .map(value -> value instanceof DecimalType decimal ? decimal.getValue() : null)
                .filter(value -> value != null && value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0)
                .findFirst()
                .orElseThrow(() -> malformed("share is a decimal from 0 to 1"));
    }

    private static List<AuditedDetail> counts(Parameters parameters) {
        List<ParametersParameterComponent> counts = all(parameters, "count");
        if (counts.size() > MOST_COUNTS) {
            throw malformed("count is there " + MOST_COUNTS + " times at most");
        }
        Set<String> seen = new HashSet<>();
        List<AuditedDetail> details = new ArrayList<>();
        for (ParametersParameterComponent count : counts) {
            AuditedDetail detail = count(count);
            if (!seen.add(detail.type())) {
                throw malformed("each thing is counted once");
            }
            details.add(detail);
        }
        return details;
    }

    private static AuditedDetail count(ParametersParameterComponent count) {
        if (count.getPart().size() != 2 || count.hasValue()) {
            throw malformed("count has the parts of and number, and nothing else");
        }
        String of = null;
        BigDecimal number = null;
        for (ParametersParameterComponent part : count.getPart()) {
            if ("of".equals(part.getName())) {
                of = text(part, CodeType.class, COUNTED, "a code of letters that begins with a small one");
            } else if ("number".equals(part.getName()) && part.getValue() instanceof DecimalType decimal) {
                number = decimal.getValue();
            }
        }
        boolean whole = number != null
                && number.signum() >= 0
                && number.compareTo(MOST) <= 0
                && number.stripTrailingZeros().scale() <= 0;
        if (of == null || number == null || !whole) {
            throw malformed("count has the parts of, a code, and number, a decimal that is a whole number from 0 on");
        }
        return new AuditedDetail(of, number.toBigInteger().toString());
    }

    private static List<ParametersParameterComponent> all(Parameters parameters, String name) {
        return parameters.getParameter().stream()
                .filter(each -> name.equals(each.getName()))
                .toList();
    }

    private static String text(
            Parameters parameters, String name, Class<? extends Type> type, Pattern form, String inWords) {
        List<ParametersParameterComponent> found = all(parameters, name);
        if (found.isEmpty()) {
            throw malformed(name + " is missing: " + inWords);
        }
        return text(found.get(0), type, form, inWords);
    }

    private static String text(
            ParametersParameterComponent parameter, Class<? extends Type> type, Pattern form, String inWords) {
        String value =
                type.isInstance(parameter.getValue()) && parameter.getValue() instanceof PrimitiveType<?> primitive
                        ? primitive.getValueAsString()
                        : null;
        if (value == null || !form.matcher(value).matches()) {
            throw malformed(parameter.getName() + " is " + inWords);
        }
        return value;
    }

    private static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.JOB_RUN_REQUEST, what);
    }
}
