/** Fakes and builders for the policy's tests: a world of patients, clinics and insurers, and a server around it. */
@NullMarked
package eu.sinusnode.policy.testing;

import org.jspecify.annotations.NullMarked;
