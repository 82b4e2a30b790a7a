package eu.sinusnode.policy.authorization;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.AccessMatrix.OpenOperation;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a kind of caller may do at all, and what its token was granted of it: both must say yes. */
public final class AuthorizationPolicy {

    private final AccessMatrix matrix;

    public AuthorizationPolicy(AccessMatrix matrix) {
        this.matrix = matrix;
    }

    /** A type that is open to nobody is refused before anybody's rights are looked at. */
    public Decision decideType(String resourceType) {
        return matrix.isOpen(resourceType)
                ? Decision.Permit.of("matrix", "the type is open")
                : new Decision.Deny(
                        DenialCode.RESOURCE_TYPE, "resource type " + printable(resourceType) + " is not open");
    }

    public Decision decide(Caller caller, String resourceType, Interaction interaction) {
        Decision type = decideType(resourceType);
        if (type instanceof Decision.Deny) {
            return type;
        }
        if (!matrix.allows(caller.kind(), resourceType, interaction)) {
            return new Decision.Deny(
                    DenialCode.INTERACTION,
                    "callers of kind " + caller.kind().claim() + " may not " + name(interaction) + " " + resourceType);
        }
        return decideScope(caller, resourceType, interaction);
    }

    /** Whether records of the type leave by an export: for most callers those that they may search. */
    public Decision decideExport(Caller caller, String resourceType) {
        Decision type = decideType(resourceType);
        if (type instanceof Decision.Deny) {
            return type;
        }
        return matrix.exports(caller.kind(), resourceType)
                ? decideScope(caller, resourceType, Interaction.SEARCH)
                : new Decision.Deny(
                        DenialCode.INTERACTION,
                        "callers of kind " + caller.kind().claim() + " may not export " + resourceType);
    }

    /**
     * One that stands for an interaction is decided as that is, and others by their own row.
     *
     * @param name as in the URL, e.g. {@code $vital-readings}; null when the request names none
     * @param resourceType that it is called on, or null
     * @param onRecord whether it is called on one record
     */
    public Decision decideOperation(
            Caller caller, @Nullable String name, @Nullable String resourceType, boolean onRecord) {
        if (resourceType != null && AccessMatrix.VALIDATE.equals(name)) {
            return decideValidation(caller, resourceType);
        }
        return resourceType != null && onRecord && AccessMatrix.META.equals(name)
                ? decide(caller, resourceType, Interaction.READ)
                : decideOperation(caller, name);
    }

    private Decision decideOperation(Caller caller, @Nullable String name) {
        OpenOperation operation = name == null ? null : matrix.operations().get(name);
        if (operation == null || !operation.callers().contains(caller.kind())) {
            return new Decision.Deny(
                    DenialCode.OPERATION, "callers of kind " + caller.kind().claim() + " may not call " + name);
        }
        String scopeType = operation.scopeType(caller.kind());
        if (matrix.isLikeSearch(name)) {
            return decideScope(caller, scopeType, operation.interaction());
        }
        // Any other operation answers with all there is, so a scope with a filter does not cover it.
        boolean whole = caller.kind().scopeContexts().stream()
                .anyMatch(context -> caller.scopes().coverWhole(context, scopeType, operation.interaction()));
        return whole
                ? Decision.Permit.of("matrix", "matrix and scope cover it")
                : noScope(caller, scopeType, operation.interaction());
    }

    /** {@code $validate} tells what a write would be answered, and so it is for those who may write the type. */
    private Decision decideValidation(Caller caller, String resourceType) {
        List<Interaction> open = Stream.of(Interaction.CREATE, Interaction.UPDATE)
                .filter(interaction -> matrix.allows(caller.kind(), resourceType, interaction))
                .toList();
        if (open.isEmpty()) {
            return new Decision.Deny(
                    DenialCode.OPERATION,
                    "callers of kind " + caller.kind().claim() + " may not write " + resourceType);
        }
        return open.stream()
                .map(interaction -> decideScope(caller, resourceType, interaction))
                .filter(Decision.Permit.class::isInstance)
                .findFirst()
                .orElseGet(() -> noScope(caller, resourceType, open.get(0)));
    }

    /** The next page of a search: its resources are decided one by one again, here only whether the caller searches at all. */
    public Decision decidePage(Caller caller) {
        boolean searches = matrix.resourceTypes().stream()
                .anyMatch(type -> matrix.allows(caller.kind(), type, Interaction.SEARCH)
                        && decideScope(caller, type, Interaction.SEARCH) instanceof Decision.Permit);
        return searches
                ? Decision.Permit.of("matrix", "the caller may search")
                : new Decision.Deny(DenialCode.SCOPE, "no scope of the token covers a search");
    }

    private static Decision decideScope(Caller caller, String resourceType, Interaction interaction) {
        boolean covered = caller.kind().scopeContexts().stream()
                .anyMatch(context -> caller.scopes().cover(context, resourceType, interaction));
        if (covered) {
            return Decision.Permit.of("matrix", "matrix and scope cover it");
        }
        return noScope(caller, resourceType, interaction);
    }

    private static Decision.Deny noScope(Caller caller, String resourceType, Interaction interaction) {
        return new Decision.Deny(
                DenialCode.SCOPE,
                "needed is " + caller.kind().scopeContext().prefix() + "/" + resourceType + "."
                        + interaction.permission());
    }

    /** The name goes into an answer and into the audit: only what a type's name can hold, and not at length. */
    private static String printable(String resourceType) {
        String plain = resourceType.replaceAll("[^A-Za-z0-9]", "?");
        return plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
    }

    private static String name(Interaction interaction) {
        return interaction.name().toLowerCase(Locale.ROOT);
    }
}
