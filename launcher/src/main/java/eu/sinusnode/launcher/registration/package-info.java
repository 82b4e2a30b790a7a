/** Clinics, insurers, gateways, apps and people who come to a system that runs, and leave it. */
@NullMarked
package eu.sinusnode.launcher.registration;

import org.jspecify.annotations.NullMarked;
