// Builds everything the browser needs into var/static: theme, basemap, one stylesheet, one script.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { buildBasemap } from './basemap.mjs';

const run = promisify(execFile);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const WORK = 'var/build';
const APP = 'var/static/app';
const DESIGNSYSTEMET = 'node_modules/@digdir/designsystemet/dist/bin/designsystemet.js';

// The design system's own command turns our few base colours into its full set of variables.
async function buildTheme() {
  const config = ['--config', 'frontend/designsystemet.config.json'];
  const tokens = (...args) => run(process.execPath, [DESIGNSYSTEMET, 'tokens', ...args, ...config]);
  await tokens('create');
  await tokens('build', '-t', `${WORK}/tokens`, '-o', `${WORK}/theme`);
}

async function bundle() {
  fs.rmSync(APP, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: {
      app: 'frontend/css/app.css',
      admin: 'frontend/css/admin.css',
      enhance: 'frontend/js/enhance.js',
      'admin-names': 'frontend/js/admin-names.js',
    },
    outdir: APP,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome123', 'firefox120', 'safari17.5'], // the first with light-dark()
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name]', // Django's manifest storage adds the content hash
    legalComments: 'none',
    logLevel: 'warning',
  });
  fs.copyFileSync('frontend/icon.svg', `${APP}/icon.svg`);
}

function home() {
  const region = JSON.parse(fs.readFileSync('reference/region.json', 'utf8'));
  const lat = Number(process.env.REGION_LAT || region.lat);
  const lon = Number(process.env.REGION_LON || region.lon);
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) {
    throw new Error(`The region's coordinates are not on the globe: ${lat}, ${lon}`);
  }
  return [lon, lat];
}

// The theme runs in its own process, so the basemap is projected meanwhile.
const theme = buildTheme();
buildBasemap(home(), 'var/static/basemap');
await theme;
await bundle();
