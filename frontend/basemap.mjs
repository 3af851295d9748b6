// Natural Earth's coastlines, projected once at set-up into three small SVG files.
//
// The server projects the partners with the same formulas (portal/site/geo.py); meta.json carries
// the numbers both sides need, and `samples` to prove that they agree.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import {
  geoAzimuthalEqualArea, geoCircle, geoEqualEarth, geoGraticule, geoPath, geoProjection,
} from 'd3-geo';
import { feature, merge, mesh } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

const WIDTH = 1200;
const KM_PER_DEGREE = 111.195;
const ANTARCTICA = '010'; // would fill the rim of a map that has no partner there
const atlas = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');

// Torsten Hägerstrand's map: distance from home grows as a logarithm, so that neighbours have
// room and the far side of the world still fits. Every line from home is a straight great circle.
const HOME_K = 0.24; // radians; smaller enlarges the neighbourhood more
const HOME_LIMIT = 166; // degrees from home where the rim lies
const HOME_RINGS = [500, 1000, 2000, 5000, 10000, 15000]; // km

function logAzimuthalRaw(lambda, phi) {
  const cosine = Math.cos(lambda) * Math.cos(phi);
  const c = Math.acos(Math.max(-1, Math.min(1, cosine)));
  const k = c ? Math.log(1 + c / HOME_K) / Math.sin(c) : 0;
  return [k * Math.cos(phi) * Math.sin(lambda), k * Math.sin(phi)];
}

function homeView(home) {
  const disc = geoCircle().center(home).radius(HOME_LIMIT);
  const projection = geoProjection(logAzimuthalRaw)
    .rotate([-home[0], -home[1]])
    .clipAngle(HOME_LIMIT)
    .precision(0.2)
    .fitExtent([[4, 4], [WIDTH - 4, WIDTH - 4]], disc());
  const ring = (km) => geoCircle().center(home).radius(km / KM_PER_DEGREE).precision(2)();
  return {
    name: 'home', kind: 'log-azimuthal', height: WIDTH, projection, detail: 1.4,
    frame: geoCircle().center(home).radius(HOME_LIMIT - 0.01).precision(1)(),
    graticule: HOME_RINGS.map(ring),
    extra: { k: HOME_K, limit: HOME_LIMIT, rings: HOME_RINGS },
  };
}

function europeView() {
  const height = 900;
  const projection = geoAzimuthalEqualArea()
    .rotate([-15, -55])
    .scale(1350)
    .translate([WIDTH / 2, 470])
    .clipExtent([[-20, -20], [WIDTH + 20, height + 20]]);
  return {
    name: 'europe', kind: 'laea', height, projection, detail: 1.4,
    frame: { type: 'Sphere' }, graticule: [geoGraticule().step([15, 15])()],
  };
}

function worldView(home) {
  // Cut through the Pacific, where no coast is split whatever the region.
  const projection = geoEqualEarth().rotate([home[0] > -100 && home[0] < 80 ? -11 : -150, 0]);
  projection.fitWidth(WIDTH, { type: 'Sphere' });
  const [, [, bottom]] = geoPath(projection).bounds({ type: 'Sphere' });
  return {
    name: 'world', kind: 'equal-earth', height: Math.ceil(bottom), projection, detail: 1.2,
    frame: { type: 'Sphere' }, graticule: [geoGraticule().step([30, 30])()],
  };
}

// 'M1.23,4L5,6Z' -> relative whole tenths of a pixel: half the bytes, and they compress better.
function compact(d) {
  if (!d) return '';
  const pair = ([x, y]) => `${x}${y < 0 ? '' : ' '}${y}`;
  let out = '';
  let at = [0, 0];
  for (const part of d.split('M').slice(1)) {
    const closed = part.endsWith('Z');
    const points = part.replace(/Z$/, '').split('L')
      .map((point) => point.split(',').map((n) => Math.round(n * 10)))
      .filter(([x, y], i, all) => !i || x !== all[i - 1][0] || y !== all[i - 1][1]);
    if (points.length < (closed ? 4 : 2)) continue; // an islet or a border smaller than a pixel
    let text = '';
    const start = points[0];
    for (const [i, point] of points.entries()) {
      const step = [point[0] - at[0], point[1] - at[1]];
      text += i === 0 ? `m${pair(step)}l` : `${i > 1 && step[0] >= 0 ? ' ' : ''}${pair(step)}`;
      at = point;
    }
    out += closed ? `${text}z` : text;
    if (closed) at = start;
  }
  return out.replace(/^m/, 'M');
}

// Simplify by area on *screen*, so that what the projection enlarges keeps its detail.
function screenArea(projection) {
  return (triangle) => {
    const [a, b, c] = triangle.map((point) => projection(point) || [0, 0]);
    return Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2;
  };
}

function drawing(view, topology) {
  const weighted = presimplify(structuredClone(topology), screenArea(view.projection));
  const world = simplify(weighted, view.detail);
  const countries = world.objects.countries;
  const lands = countries.geometries.filter((country) => country.id !== ANTARCTICA);
  const path = geoPath(view.projection).digits(2);
  const layer = (id, ...shapes) =>
    `<path id="${id}" vector-effect="non-scaling-stroke" d="${shapes.map((s) => compact(path(s))).join('')}"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH * 10} ${view.height * 10}">`,
    layer('frame', view.frame),
    layer('land', merge(world, lands)),
    layer('borders', mesh(world, countries, (a, b) => a !== b)),
    layer('graticule', ...view.graticule),
    '</svg>',
  ].join('');
}

function description(view, home) {
  const samples = [home, [10.75, 59.91], [-100.39, 20.59], [102.71, 25.04], [18.42, -33.92]];
  return {
    kind: view.kind,
    width: WIDTH,
    height: view.height,
    scale: view.projection.scale(),
    rotate: view.projection.rotate().slice(0, 2),
    translate: view.projection.translate(),
    ...view.extra,
    samples: samples.map(([lon, lat]) => ({ lon, lat, at: unclipped(view)([lon, lat]) })),
  };
}

// A clipped projection answers null outside its frame; the server computes those points too.
function unclipped(view) {
  return (point) => {
    const { projection } = view;
    if (view.name !== 'europe') return projection(point);
    const extent = projection.clipExtent();
    const answer = projection.clipExtent(null)(point);
    projection.clipExtent(extent);
    return answer;
  };
}

export function buildBasemap(home, folder) {
  const topology = JSON.parse(fs.readFileSync(atlas, 'utf8'));
  const meta = { home: { lon: home[0], lat: home[1] }, views: {} };
  fs.mkdirSync(folder, { recursive: true });
  for (const view of [homeView(home), europeView(), worldView(home)]) {
    fs.writeFileSync(`${folder}/${view.name}.svg`, drawing(view, topology));
    meta.views[view.name] = description(view, home);
  }
  fs.writeFileSync(`${folder}/meta.json`, `${JSON.stringify(meta, null, 1)}\n`);
}
