package eu.sinusnode.policy.residency.signed;

/**
 * Where the server itself runs.
 *
 * @param country ISO 3166-1 alpha-2
 * @param operator who runs it
 * @param declared false as long as country and operator are the shipped default, which nobody has looked at
 */
public record Site(String country, String operator, boolean declared) {}
