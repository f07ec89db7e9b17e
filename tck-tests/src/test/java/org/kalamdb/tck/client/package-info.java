// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

/** Pools and frameworks, as they are published and without a plug-in of ours, work with the driver. */
package org.kalamdb.tck.client;
